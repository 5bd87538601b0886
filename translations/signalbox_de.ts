<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Examples</name>
    <message>
        <source>Easy</source>
        <translation>Leicht</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Hard</source>
        <translation>Schwer</translation>
    </message>
    <message>
        <source>Asks for JSON</source>
        <translation>Verlangt JSON</translation>
    </message>
    <message>
        <source>With an attachment</source>
        <translation>Mit Anhang</translation>
    </message>
    <message>
        <source>Meets the rule %1</source>
        <translation>Trifft die Regel %1</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
</context>
<context>
    <name>Lanes</name>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>Try %1 at %2: %3 after %4. %5</source>
        <translation>Versuch %1 bei %2: %3 nach %4. %5</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>Waits %1 before it asks again.</source>
        <translation>Wartet %1, bevor neu angefragt wird.</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>Wartezeit</translation>
    </message>
    <message>
        <source>%1 until the request was sent: queue and connection.</source>
        <translation>%1 bis zum Senden der Anfrage: Warteschlange und Verbindung.</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>erstes Token</translation>
    </message>
    <message>
        <source>%1 until the first token.</source>
        <translation>%1 bis zum ersten Token.</translation>
    </message>
    <message>
        <source>Asked; nothing said yet.</source>
        <translation>Angefragt; noch nichts gesagt.</translation>
    </message>
    <message>
        <source>generate</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>%1 from the first token to the last.</source>
        <translation>%1 vom ersten bis zum letzten Token.</translation>
    </message>
    <message>
        <source>The answer is being written.</source>
        <translation>Die Antwort wird geschrieben.</translation>
    </message>
    <message>
        <source>%1 judges %2</source>
        <translation>%1 bewertet %2</translation>
    </message>
    <message>
        <source>The shape is checked by %1</source>
        <translation>Die Form wird von %1 geprüft</translation>
    </message>
    <message>
        <source>%1 of %2, threshold %3</source>
        <translation>%1 von %2, Schwelle %3</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>it fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>misfit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>it does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%1: %2, in %3. %4</source>
        <translation>%1: %2, in %3. %4</translation>
    </message>
    <message>
        <source>judging</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>The draft is checked by %1.</source>
        <translation>Der Entwurf wird von %1 geprüft.</translation>
    </message>
    <message>
        <source>decide</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>rule %1</source>
        <translation>Regel %1</translation>
    </message>
    <message>
        <source>to a person</source>
        <translation>an eine Person</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>an %1</translation>
    </message>
    <message>
        <source>Features, rules and router: %1.</source>
        <translation>Merkmale, Regeln und Router: %1.</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
    <message>
        <source>barred · %1</source>
        <translation>gesperrt · %1</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>nicht nötig</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, running</source>
        <translation>%1: läuft</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>a person</source>
        <translation>eine Person</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>nicht %1</translation>
    </message>
    <message>
        <source>only %1</source>
        <translation>nur %1</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Speaks LANGUAGE, such as en or de, in place of the system&apos;s. The variable SIGNALBOX_LANGUAGE does the same.</source>
        <translation>Spricht LANGUAGE, etwa en oder de, statt der Sprache des Systems. Die Variable SIGNALBOX_LANGUAGE bewirkt dasselbe.</translation>
    </message>
    <message>
        <source>A workbench for LLM model routing.</source>
        <translation>Eine Werkbank für das Routing von Sprachmodellen.</translation>
    </message>
    <message>
        <source>Workspace file; made with the sample in it if it is not there.</source>
        <translation>Datei des Arbeitsbereichs; fehlt sie, wird sie mit dem Beispiel angelegt.</translation>
    </message>
    <message>
        <source>Writes a picture of every mode into DIR, then quits.</source>
        <translation>Schreibt ein Bild jeder Ansicht nach DIR und endet.</translation>
    </message>
    <message>
        <source>Draws the dashboard of WORKSPACE into the picture that follows it, then quits.</source>
        <translation>Zeichnet die Übersicht von WORKSPACE in das danach genannte Bild und endet.</translation>
    </message>
    <message>
        <source>Prints the time from start to the first frame.</source>
        <translation>Gibt die Zeit vom Start bis zum ersten Bild aus.</translation>
    </message>
</context>
<context>
    <name>signalbox</name>
    <message>
        <source>Cascade</source>
        <translation>Kaskade</translation>
    </message>
    <message>
        <source>Waterfall</source>
        <translation>Wasserfall</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>pattern of the cascade</source>
        <translation>Muster der Kaskade</translation>
    </message>
    <message>
        <source>waterfall: escalates</source>
        <translation>Wasserfall: eskaliert</translation>
    </message>
    <message>
        <source>direct: one hop</source>
        <translation>direkt: ein Hop</translation>
    </message>
    <message>
        <source>Hops, at most</source>
        <translation>Hops, höchstens</translation>
    </message>
    <message>
        <source>most hops</source>
        <translation>Höchstzahl der Hops</translation>
    </message>
    <message>
        <source>No tier left</source>
        <translation>Keine Stufe mehr</translation>
    </message>
    <message>
        <source>end of the cascade</source>
        <translation>Ende der Kaskade</translation>
    </message>
    <message>
        <source>give the best draft</source>
        <translation>besten Entwurf geben</translation>
    </message>
    <message>
        <source>go to a person</source>
        <translation>an eine Person</translation>
    </message>
    <message>
        <source>Hands on</source>
        <translation>Gibt weiter</translation>
    </message>
    <message>
        <source>what the next hop is given</source>
        <translation>was der nächste Hop erhält</translation>
    </message>
    <message>
        <source>passages</source>
        <translation>Passagen</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Move a tier with Alt+Up and Alt+Down while it is selected.</source>
        <translation>Alt+Auf und Alt+Ab verschieben die ausgewählte Stufe.</translation>
    </message>
    <message>
        <source>Rubric</source>
        <translation>Rubrik</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>Judge</translation>
    </message>
    <message>
        <source>judge of %1</source>
        <translation>Judge von %1</translation>
    </message>
    <message>
        <source>Scale, 1 to</source>
        <translation>Skala, 1 bis</translation>
    </message>
    <message>
        <source>scale of %1</source>
        <translation>Skala von %1</translation>
    </message>
    <message>
        <source>What the judge is asked</source>
        <translation>Was der Judge gefragt wird</translation>
    </message>
    <message>
        <source>instructions of %1</source>
        <translation>Anweisung von %1</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>Trigger</translation>
    </message>
    <message>
        <source>When the judge scores</source>
        <extracomment>Beginning of a sentence whose parts can be edited: &quot;When the judge scores [grounding] below [3.5 of 5] …&quot;</extracomment>
        <translation>Bewertet der Judge</translation>
    </message>
    <message>
        <source>rubric of %1</source>
        <translation>Rubrik von %1</translation>
    </message>
    <message>
        <source>below</source>
        <translation>unter</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation> von %1</translation>
    </message>
    <message>
        <source>go to</source>
        <translation>weiter an</translation>
    </message>
    <message>
        <source>When the draft does not fit its JSON schema, go to</source>
        <translation>Passt der Entwurf nicht zu seinem JSON-Schema, weiter an</translation>
    </message>
    <message>
        <source>the next tier</source>
        <translation>die nächste Stufe</translation>
    </message>
    <message>
        <source>target of %1</source>
        <translation>Ziel von %1</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>höchstens</translation>
    </message>
    <message>
        <source>most times of %1</source>
        <translation>Höchstzahl von %1</translation>
    </message>
    <message>
        <source> times</source>
        <translation>-mal</translation>
    </message>
    <message>
        <source>any number of times</source>
        <translation>beliebig oft</translation>
    </message>
    <message>
        <source>a request.</source>
        <translation>je Anfrage.</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Edit in the Text</source>
        <translation>Im Text bearbeiten</translation>
    </message>
    <message>
        <source>Reason code</source>
        <translation>Reason-Code</translation>
    </message>
    <message>
        <source>Applies to</source>
        <translation>Gilt für</translation>
    </message>
    <message>
        <source>tiers of %1</source>
        <translation>Stufen von %1</translation>
    </message>
    <message>
        <source>None checked: every tier.</source>
        <translation>Keine gewählt: jede Stufe.</translation>
    </message>
    <message>
        <source>Only when all of this holds</source>
        <translation>Nur wenn all dies gilt</translation>
    </message>
    <message>
        <source>Objectives</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>What the policy promises</source>
        <translation>Was die Policy zusagt</translation>
    </message>
    <message>
        <source>Latency, p95</source>
        <translation>Latenz, p95</translation>
    </message>
    <message>
        <source>p95 latency</source>
        <translation>p95-Latenz</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Cost per resolved task</source>
        <translation>Kosten je gelöster Aufgabe</translation>
    </message>
    <message>
        <source>cost per resolved task</source>
        <translation>Kosten je gelöster Aufgabe</translation>
    </message>
    <message>
        <source> USD</source>
        <translation> USD</translation>
    </message>
    <message>
        <source>Least quality</source>
        <translation>Mindestqualität</translation>
    </message>
    <message>
        <source>Not stated.</source>
        <translation>Nicht angegeben.</translation>
    </message>
    <message>
        <source>State One</source>
        <translation>Angeben</translation>
    </message>
    <message>
        <source>state least quality</source>
        <translation>Mindestqualität angeben</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>least quality</source>
        <translation>Mindestqualität</translation>
    </message>
    <message>
        <source>Who says so</source>
        <translation>Wer das sagt</translation>
    </message>
    <message>
        <source>source of quality</source>
        <translation>Quelle der Qualität</translation>
    </message>
    <message>
        <source>Retrieval</source>
        <translation>Retrieval</translation>
    </message>
    <message>
        <source>Passages from the workspace</source>
        <translation>Passagen aus dem Arbeitsbereich</translation>
    </message>
    <message>
        <source>retrieval</source>
        <translation>Retrieval</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Passagen</translation>
    </message>
    <message>
        <source>number of passages</source>
        <translation>Anzahl der Passagen</translation>
    </message>
    <message>
        <source>Score, at least</source>
        <translation>Wert, mindestens</translation>
    </message>
    <message>
        <source>least retrieval score</source>
        <translation>Mindestwert des Retrievals</translation>
    </message>
    <message>
        <source>Scores are relative to the best passage, 0 to 1.</source>
        <translation>Werte gelten relativ zur besten Passage, 0 bis 1.</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>eine Person</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Policy</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>System-Prompt</translation>
    </message>
    <message>
        <source>system prompt</source>
        <translation>System-Prompt</translation>
    </message>
    <message>
        <source>Said while escalating</source>
        <translation>Text beim Eskalieren</translation>
    </message>
    <message>
        <source>text while escalating</source>
        <translation>Text beim Eskalieren</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Content hash</source>
        <translation>Inhalts-Hash</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>OpenAI chat completions</source>
        <translation>OpenAI Chat Completions</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>Basis-URL</translation>
    </message>
    <message>
        <source>base URL</source>
        <translation>Basis-URL</translation>
    </message>
    <message>
        <source>Residency</source>
        <translation>Residenz</translation>
    </message>
    <message>
        <source>residency</source>
        <translation>Residenz</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>From variable</source>
        <translation>Aus Variable</translation>
    </message>
    <message>
        <source>key variable</source>
        <translation>Variable des Schlüssels</translation>
    </message>
    <message>
        <source>A policy holds only the name of the environment variable, never the key.</source>
        <translation>Eine Policy enthält nur den Namen der Umgebungsvariable, nie den Schlüssel.</translation>
    </message>
    <message>
        <source>Sandbox: answers are simulated by local servers.</source>
        <translation>Sandbox: lokale Server simulieren die Antworten.</translation>
    </message>
    <message>
        <source>Models here</source>
        <translation>Modelle hier</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>endpoint of %1</source>
        <translation>Endpunkt von %1</translation>
    </message>
    <message>
        <source>Name there</source>
        <translation>Name dort</translation>
    </message>
    <message>
        <source>name of %1</source>
        <translation>Name von %1</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> Token</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>Output, at most</source>
        <translation>Ausgabe, höchstens</translation>
    </message>
    <message>
        <source>Can</source>
        <translation>Kann</translation>
    </message>
    <message>
        <source>capabilities of %1</source>
        <translation>Fähigkeiten von %1</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>vision</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Price, USD per million tokens</source>
        <translation>Preis, USD je Million Token</translation>
    </message>
    <message>
        <source>price of %1 for %2</source>
        <translation>Preis von %1 für %2</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Cached input</source>
        <translation>Eingabe aus Cache</translation>
    </message>
    <message>
        <source>as input</source>
        <translation>wie Eingabe</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Reasoning</translation>
    </message>
    <message>
        <source>as output</source>
        <translation>wie Ausgabe</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>price source of %1</source>
        <translation>Preisquelle von %1</translation>
    </message>
    <message>
        <source>who says so</source>
        <translation>wer das sagt</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>price date of %1</source>
        <translation>Preisdatum von %1</translation>
    </message>
    <message>
        <source>Serves</source>
        <translation>Dient</translation>
    </message>
    <message>
        <source>Judge of rubric %1</source>
        <translation>Judge der Rubrik %1</translation>
    </message>
    <message>
        <source>No tier and no rubric uses this model.</source>
        <translation>Keine Stufe und keine Rubrik nutzt dieses Modell.</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Models, load-balanced</source>
        <translation>Modelle, lastverteilt</translation>
    </message>
    <message>
        <source>models of %1</source>
        <translation>Modelle von %1</translation>
    </message>
    <message>
        <source>Budget of one hop</source>
        <translation>Budget eines Hops</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>Frist</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>System prompt of this tier</source>
        <translation>System-Prompt dieser Stufe</translation>
    </message>
    <message>
        <source>system prompt of %1</source>
        <translation>System-Prompt von %1</translation>
    </message>
    <message>
        <source>the policy&apos;s</source>
        <translation>der der Policy</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>(no id)</source>
        <translation>(ohne Id)</translation>
    </message>
    <message>
        <source>The others are in the text.</source>
        <translation>Die übrigen stehen im Text.</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>Servers that speak a chat protocol.</source>
        <translation>Server, die ein Chat-Protokoll sprechen.</translation>
    </message>
    <message>
        <source>Add Endpoint</source>
        <translation>Endpunkt hinzufügen</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models behind the endpoints, with what they can and what they cost.</source>
        <translation>Modelle hinter den Endpunkten: was sie können und was sie kosten.</translation>
    </message>
    <message>
        <source>Add Model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Tiers</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>Rungs of capability and cost, cheapest first.</source>
        <translation>Stufen von Können und Kosten, die günstigste zuerst.</translation>
    </message>
    <message>
        <source>Add Tier</source>
        <translation>Stufe hinzufügen</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Deterministic constraints and routes. They run first, in this order.</source>
        <translation>Deterministische Bedingungen und Routen. Sie gelten zuerst, in dieser Reihenfolge.</translation>
    </message>
    <message>
        <source>Add Rule</source>
        <translation>Regel hinzufügen</translation>
    </message>
    <message>
        <source>Rubrics</source>
        <translation>Rubriken</translation>
    </message>
    <message>
        <source>What judges are asked about a draft.</source>
        <translation>Was Judges über einen Entwurf gefragt werden.</translation>
    </message>
    <message>
        <source>Add Rubric</source>
        <translation>Rubrik hinzufügen</translation>
    </message>
    <message>
        <source>Triggers</source>
        <translation>Trigger</translation>
    </message>
    <message>
        <source>Why a cascade escalates. Each has a reason code.</source>
        <translation>Warum eine Kaskade eskaliert. Jeder hat einen Reason-Code.</translation>
    </message>
    <message>
        <source>Add Trigger</source>
        <translation>Trigger hinzufügen</translation>
    </message>
    <message>
        <source>difficulty %1</source>
        <translation>Schwierigkeit %1</translation>
    </message>
    <message>
        <source>≥ %1</source>
        <translation>≥ %1</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>%1. %2 → %3</source>
        <translation>%1. %2 → %3</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>patterns</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>sentences</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>clauses</source>
        <translation>Teilsätze</translation>
    </message>
    <message>
        <source>attachment</source>
        <translation>Anhang</translation>
    </message>
    <message>
        <source>upper case</source>
        <translation>Großbuchstaben</translation>
    </message>
    <message>
        <source>Any of these words or phrases</source>
        <translation>Eines dieser Wörter oder eine dieser Wendungen</translation>
    </message>
    <message>
        <source>Any of these patterns (RE2)</source>
        <translation>Eines dieser Muster (RE2)</translation>
    </message>
    <message>
        <source>Metadata, as key = value, value</source>
        <translation>Metadaten, als Schlüssel = Wert, Wert</translation>
    </message>
    <message>
        <source>metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>Anhang</translation>
    </message>
    <message>
        <source>does not matter</source>
        <translation>egal</translation>
    </message>
    <message>
        <source>has one</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>has none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>set attachment</source>
        <translation>Anhang festlegen</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Dann</translation>
    </message>
    <message>
        <source>What the rule does</source>
        <translation>Was die Regel tut</translation>
    </message>
    <message>
        <source>goes to</source>
        <translation>geht an</translation>
    </message>
    <message>
        <source>excludes tiers</source>
        <translation>schließt Stufen aus</translation>
    </message>
    <message>
        <source>allows residencies</source>
        <translation>erlaubt Residenzen</translation>
    </message>
    <message>
        <source>The request</source>
        <translation>Die Anfrage</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>route of %1</source>
        <translation>Route von %1</translation>
    </message>
    <message>
        <source>lock of %1</source>
        <translation>Verriegelung von %1</translation>
    </message>
    <message>
        <source>Locked: nothing after it overrides</source>
        <translation>Verriegelt: nichts danach setzt sie außer Kraft</translation>
    </message>
    <message>
        <source>exclusiveness of %1</source>
        <translation>Ausschließlichkeit von %1</translation>
    </message>
    <message>
        <source>Last route rule looked at</source>
        <translation>Letzte Routenregel, die betrachtet wird</translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation>Ausgeschlossen</translation>
    </message>
    <message>
        <source>excluded tiers of %1</source>
        <translation>ausgeschlossene Stufen von %1</translation>
    </message>
    <message>
        <source>Residencies that are allowed</source>
        <translation>Erlaubte Residenzen</translation>
    </message>
    <message>
        <source>residencies of %1</source>
        <translation>Residenzen von %1</translation>
    </message>
    <message>
        <source>reason of %1</source>
        <translation>Grund von %1</translation>
    </message>
    <message>
        <source>When all of this holds</source>
        <translation>Wenn all dies gilt</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Scoring</source>
        <translation>Punktwertung</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>Fest</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>kind of router</source>
        <translation>Art des Routers</translation>
    </message>
    <message>
        <source>scoring</source>
        <translation>Punktwertung</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>fest</translation>
    </message>
    <message>
        <source>Otherwise</source>
        <translation>Sonst</translation>
    </message>
    <message>
        <source>route of everything else</source>
        <translation>Route von allem Übrigen</translation>
    </message>
    <message>
        <source>Difficulty by score</source>
        <translation>Schwierigkeit nach Punkten</translation>
    </message>
    <message>
        <source>Medium from</source>
        <translation>Mittel ab</translation>
    </message>
    <message>
        <source>Hard from</source>
        <translation>Schwer ab</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Bias</translation>
    </message>
    <message>
        <source>Steepness</source>
        <translation>Steilheit</translation>
    </message>
    <message>
        <source>Signals: weight, per unit</source>
        <translation>Signale: Gewicht, je Einheit</translation>
    </message>
    <message>
        <source>weight of %1</source>
        <translation>Gewicht von %1</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Map: the first row that fits</source>
        <translation>Tabelle: die erste passende Zeile</translation>
    </message>
    <message>
        <source>Add Row</source>
        <translation>Zeile hinzufügen</translation>
    </message>
    <message>
        <source>Intents</source>
        <translation>Intents</translation>
    </message>
    <message>
        <source>Map row</source>
        <translation>Tabellenzeile</translation>
    </message>
    <message>
        <source>Row %1 of the router</source>
        <translation>Zeile %1 des Routers</translation>
    </message>
    <message>
        <source>The first row that fits decides. Empty fields fit anything.</source>
        <translation>Die erste passende Zeile entscheidet. Leere Felder passen immer.</translation>
    </message>
    <message>
        <source>route of row %1</source>
        <translation>Route von Zeile %1</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>least confidence of row %1</source>
        <translation>Mindestkonfidenz von Zeile %1</translation>
    </message>
    <message>
        <source>Difficulty</source>
        <translation>Schwierigkeit</translation>
    </message>
    <message>
        <source>difficulty of row %1</source>
        <translation>Schwierigkeit von Zeile %1</translation>
    </message>
    <message>
        <source> of 3</source>
        <translation> von 3</translation>
    </message>
    <message>
        <source>Intent</source>
        <translation>Intent</translation>
    </message>
    <message>
        <source>intent of row %1</source>
        <translation>Intent von Zeile %1</translation>
    </message>
    <message>
        <source>any, faq.*</source>
        <translation>beliebig, faq.*</translation>
    </message>
    <message>
        <source>Back to the router</source>
        <translation>Zurück zum Router</translation>
    </message>
    <message>
        <source>Handoff</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>A person takes over. A request for a person is never blocked, and a request that no tier may answer goes to a person as well.</source>
        <translation>Eine Person übernimmt. Der Wunsch nach einer Person wird nie blockiert; auch eine Anfrage, die keine Stufe beantworten darf, geht an eine Person.</translation>
    </message>
    <message>
        <source>What leads here</source>
        <translation>Was hierher führt</translation>
    </message>
    <message>
        <source>Rule %1</source>
        <translation>Regel %1</translation>
    </message>
    <message>
        <source>Trigger %1</source>
        <translation>Trigger %1</translation>
    </message>
    <message>
        <source>The cascade, when no tier is left</source>
        <translation>Die Kaskade, wenn keine Stufe mehr bleibt</translation>
    </message>
    <message>
        <source>map row %1</source>
        <translation>Tabellenzeile %1</translation>
    </message>
    <message>
        <source>add tier %1</source>
        <translation>Stufe %1 hinzufügen</translation>
    </message>
    <message>
        <source>add rule %1</source>
        <translation>Regel %1 hinzufügen</translation>
    </message>
    <message>
        <source>add trigger %1</source>
        <translation>Trigger %1 hinzufügen</translation>
    </message>
    <message>
        <source>Score how well the answer helps the customer: 5 = fully, 3 = partly, 1 = not at all.</source>
        <translation>Bewerte, wie gut die Antwort dem Kunden hilft: 5 = ganz, 3 = teilweise, 1 = gar nicht.</translation>
    </message>
    <message>
        <source>add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>add a map row</source>
        <translation>Tabellenzeile hinzufügen</translation>
    </message>
    <message>
        <source>rename %1 to %2</source>
        <translation>%1 in %2 umbenennen</translation>
    </message>
    <message>
        <source>delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>move %1 up</source>
        <translation>%1 nach oben verschieben</translation>
    </message>
    <message>
        <source>move %1 down</source>
        <translation>%1 nach unten verschieben</translation>
    </message>
</context>
<context>
    <name>signalbox::AllTiersStart</name>
    <message>
        <source>What would a threshold change?</source>
        <translation>Was würde eine Schwelle ändern?</translation>
    </message>
    <message>
        <source>Run with All Tiers</source>
        <translation>Mit allen Stufen ausführen</translation>
    </message>
    <message>
        <source>Progress of the run with all tiers</source>
        <translation>Fortschritt des Laufs mit allen Stufen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the run with all tiers</source>
        <translation>Den Lauf mit allen Stufen anhalten</translation>
    </message>
    <message>
        <source>The workspace is being opened.</source>
        <translation>Der Arbeitsbereich wird geöffnet.</translation>
    </message>
    <message>
        <source>The workspace holds no dataset. Import prompts with File › Import Prompts, or open the sample workspace.</source>
        <translation>Der Arbeitsbereich enthält keinen Datensatz. Mit Datei › Prompts importieren oder mit dem Beispiel beginnen.</translation>
    </message>
    <message>
        <source>Run %1 with all tiers to see it: every tier that is not barred answers every prompt once; then any threshold can be moved and its cost and quality are re-simulated at once.</source>
        <translation>Dafür %1 mit allen Stufen ausführen: jede nicht gesperrte Stufe beantwortet jeden Prompt einmal; danach lässt sich jede Schwelle verschieben, und Kosten und Qualität werden sofort neu simuliert.</translation>
    </message>
    <message>
        <source>Run %1 with All Tiers</source>
        <translation>%1 mit allen Stufen ausführen</translation>
    </message>
    <message>
        <source>%1 is being run with all tiers</source>
        <translation>%1 läuft mit allen Stufen</translation>
    </message>
    <message>
        <source>%1 of %2 prompts · %3 so far. What is finished is kept when it is stopped.</source>
        <translation>%1 von %2 Prompts · bisher %3. Fertiges bleibt beim Anhalten erhalten.</translation>
    </message>
</context>
<context>
    <name>signalbox::BatchPanel</name>
    <message>
        <source>Dataset runs</source>
        <translation>Datensatz-Läufe</translation>
    </message>
    <message>
        <source>The workspace holds no dataset. Import one with File › Import Prompts, or open the sample workspace.</source>
        <translation>Der Arbeitsbereich enthält keinen Datensatz. Mit Datei › Prompts importieren oder mit dem Beispiel beginnen.</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Run the dataset</source>
        <translation>Den Datensatz ausführen</translation>
    </message>
    <message>
        <source>Send every prompt of the dataset through the cascade</source>
        <translation>Jeden Prompt des Datensatzes durch die Kaskade schicken</translation>
    </message>
    <message>
        <source>All Tiers</source>
        <translation>Alle Stufen</translation>
    </message>
    <message>
        <source>Run the dataset with all tiers</source>
        <translation>Den Datensatz mit allen Stufen ausführen</translation>
    </message>
    <message>
        <source>Ask every tier that is not barred for every prompt: what Tuning compares</source>
        <translation>Für jeden Prompt jede nicht gesperrte Stufe befragen: was Tuning vergleicht</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>Gleichzeitige Anfragen</translation>
    </message>
    <message>
        <source>How many requests run at once</source>
        <translation>Wie viele Anfragen gleichzeitig laufen</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>gleichzeitig</translation>
    </message>
    <message>
        <source>Progress of the dataset run</source>
        <translation>Fortschritt des Datensatz-Laufs</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the dataset run</source>
        <translation>Den Datensatz-Lauf anhalten</translation>
    </message>
    <message>
        <source>%1 · %2 prompt</source>
        <translation>%1 · %2 Prompt</translation>
    </message>
    <message>
        <source>%1 · %2 prompts</source>
        <translation>%1 · %2 Prompts</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>With all tiers.</source>
        <translation>Mit allen Stufen.</translation>
    </message>
    <message>
        <source>%1 at once</source>
        <translation>%1 gleichzeitig</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>noch %1 min</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>bisher %1</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 gescheitert</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>Stopped at %1 of %2. What was finished is kept.</source>
        <translation>Angehalten bei %1 von %2. Fertiges ist erhalten.</translation>
    </message>
    <message>
        <source>%1 trace in %2.</source>
        <translation>%1 Trace in %2.</translation>
    </message>
    <message>
        <source>%1 traces in %2.</source>
        <translation>%1 Traces in %2.</translation>
    </message>
    <message>
        <source>Cost %1.</source>
        <translation>Kosten %1.</translation>
    </message>
    <message>
        <source>Failed: %1.</source>
        <translation>Gescheitert: %1.</translation>
    </message>
    <message>
        <source>Could not be written and lost: %1.</source>
        <translation>Nicht geschrieben und verloren: %1.</translation>
    </message>
</context>
<context>
    <name>signalbox::ChartPanel</name>
    <message>
        <source>Show data</source>
        <translation>Daten zeigen</translation>
    </message>
    <message>
        <source>Export as picture or table…</source>
        <translation>Als Bild oder Tabelle exportieren…</translation>
    </message>
    <message>
        <source>Data of %1</source>
        <translation>Daten von %1</translation>
    </message>
    <message>
        <source>Export Chart</source>
        <translation>Diagramm exportieren</translation>
    </message>
    <message>
        <source>Picture (*.png);;Vector picture (*.svg);;Table (*.csv)</source>
        <translation>Bild (*.png);;Vektorbild (*.svg);;Tabelle (*.csv)</translation>
    </message>
</context>
<context>
    <name>signalbox::CommandPalette</name>
    <message>
        <source>Go to anything</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>What to go to</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Go to an action, a mode, a tier, a rule or a trigger</source>
        <translation>Zu Aktion, Ansicht, Stufe, Regel oder Trigger</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
</context>
<context>
    <name>signalbox::CostQualityChart</name>
    <message>
        <source>Cost against quality</source>
        <translation>Kosten gegen Qualität</translation>
    </message>
    <message>
        <source>%1: %2 for a thousand requests, quality %3.</source>
        <translation>%1: %2 für tausend Anfragen, Qualität %3.</translation>
    </message>
    <message>
        <source>This setting</source>
        <translation>Diese Einstellung</translation>
    </message>
    <message>
        <source>The policy</source>
        <translation>Die Policy</translation>
    </message>
    <message>
        <source>Over the range of %1 cost goes from %2 to %3 and quality from %4 to %5.</source>
        <translation>Über den Bereich von %1 gehen die Kosten von %2 bis %3 und die Qualität von %4 bis %5.</translation>
    </message>
    <message>
        <source>Computing the curve.</source>
        <translation>Die Kurve wird berechnet.</translation>
    </message>
    <message>
        <source>Cost or quality is unknown for every setting.</source>
        <translation>Kosten oder Qualität sind für jede Einstellung unbekannt.</translation>
    </message>
    <message>
        <source>the policy</source>
        <translation>die Policy</translation>
    </message>
    <message>
        <source>this setting</source>
        <translation>diese Einstellung</translation>
    </message>
    <message>
        <source>cost of 1 000 requests</source>
        <translation>Kosten von 1 000 Anfragen</translation>
    </message>
    <message>
        <source>quality, 0–1</source>
        <translation>Qualität, 0–1</translation>
    </message>
    <message>
        <source>objective: quality ≥ %1</source>
        <translation>Ziel: Qualität ≥ %1</translation>
    </message>
    <message>
        <source>%1, below ↓</source>
        <translation>%1, darunter ↓</translation>
    </message>
    <message>
        <source>%1, above ↑</source>
        <translation>%1, darüber ↑</translation>
    </message>
    <message>
        <source>%1 at %2: %3 for 1 000 requests, quality %4 %5, p95 %6, escalated %7, n = %8</source>
        <translation>%1 bei %2: %3 für 1 000 Anfragen, Qualität %4 %5, p95 %6, eskaliert %7, n = %8</translation>
    </message>
</context>
<context>
    <name>signalbox::DashboardCharts</name>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Cost per request</source>
        <translation>Kosten je Anfrage</translation>
    </message>
    <message>
        <source>Judge quality</source>
        <translation>Judge-Qualität</translation>
    </message>
    <message>
        <source>p95 latency</source>
        <translation>p95-Latenz</translation>
    </message>
    <message>
        <source>Escalation rate</source>
        <translation>Eskalationsrate</translation>
    </message>
    <message>
        <source>Tier mix</source>
        <translation>Stufenmix</translation>
    </message>
    <message>
        <source>Escalations by reason</source>
        <translation>Eskalationen nach Grund</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Latency over time</source>
        <translation>Latenz über die Zeit</translation>
    </message>
    <message>
        <source>Latency by tier</source>
        <translation>Latenz nach Stufe</translation>
    </message>
    <message>
        <source>Judge scores</source>
        <translation>Judge-Werte</translation>
    </message>
    <message>
        <source>person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message numerus="yes">
        <source>; %n older run(s) are not counted</source>
        <translation>
            <numerusform>; %n älterer Lauf ist nicht mitgezählt</numerusform>
            <numerusform>; %n ältere Läufe sind nicht mitgezählt</numerusform>
        </translation>
    </message>
    <message>
        <source>; simulated by the sandbox</source>
        <translation>; von der Sandbox simuliert</translation>
    </message>
    <message>
        <source>%1 answered</source>
        <translation>%1 beantwortet</translation>
    </message>
    <message>
        <source>%1 to a person</source>
        <translation>%1 an eine Person</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 gescheitert</translation>
    </message>
    <message>
        <source>%1 cancelled</source>
        <translation>%1 abgebrochen</translation>
    </message>
    <message>
        <source>Requests that fit the filter, %1.</source>
        <translation>Anfragen, die zum Filter passen, %1.</translation>
    </message>
    <message>
        <source>%1 of charges known</source>
        <translation>%1 der Posten bekannt</translation>
    </message>
    <message>
        <source>Mean cost of a request with judges and retries, 95 % interval by resampling requests, over %1 requests whose cost is known; %2 in all; %3.</source>
        <translation>Mittlere Kosten einer Anfrage mit Judges und Wiederholungen, 95-%-Intervall durch Resampling der Anfragen, über %1 Anfragen mit bekannten Kosten; insgesamt %2; %3.</translation>
    </message>
    <message>
        <source>%1 judged</source>
        <translation>%1 bewertet</translation>
    </message>
    <message>
        <source>nothing judged</source>
        <translation>nichts bewertet</translation>
    </message>
    <message>
        <source>Mean quality from 0 to 1 by %1, 95 % interval, over %2 of %3 requests; %4.</source>
        <translation>Mittlere Qualität von 0 bis 1 laut %1, 95-%-Intervall, über %2 von %3 Anfragen; %4.</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>95 % of answered requests took at most this long; median %1, p99 %2; 95 % interval, over %3 answered requests; %4.</source>
        <translation>95 % der beantworteten Anfragen dauerten höchstens so lange; Median %1, p99 %2; 95-%-Intervall, über %3 beantwortete Anfragen; %4.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Share of requests that went to a further tier at least once, 95 % Wilson interval, over %1 requests; %2.</source>
        <translation>Anteil der Anfragen, die mindestens einmal an eine weitere Stufe gingen, 95-%-Intervall nach Wilson, über %1 Anfragen; %2.</translation>
    </message>
    <message>
        <source>Which tier answered, over time.</source>
        <translation>Welche Stufe antwortete, über die Zeit.</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Requests by the tier that ended them: %1.</source>
        <translation>Anfragen nach der Stufe, die sie beendet hat: %1.</translation>
    </message>
    <message>
        <source>No request escalated.</source>
        <translation>Keine Anfrage eskalierte.</translation>
    </message>
    <message>
        <source>Why requests went to a further tier.</source>
        <translation>Warum Anfragen an eine weitere Stufe gingen.</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>escalations</source>
        <translation>Eskalationen</translation>
    </message>
    <message numerus="yes">
        <source>%n escalation(s); the most frequent reason is %1.</source>
        <translation>
            <numerusform>%n Eskalation; der häufigste Grund ist %1.</numerusform>
            <numerusform>%n Eskalationen; der häufigste Grund ist %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>%1 insgesamt</translation>
    </message>
    <message>
        <source>What requests cost, over time and by tier.</source>
        <translation>Was Anfragen kosten, über die Zeit und nach Stufe.</translation>
    </message>
    <message>
        <source>known cost in USD</source>
        <translation>bekannte Kosten in USD</translation>
    </message>
    <message>
        <source>charges known</source>
        <translation>bekannte Posten</translation>
    </message>
    <message>
        <source>charges unknown</source>
        <translation>unbekannte Posten</translation>
    </message>
    <message>
        <source>10⁻³ USD</source>
        <translation>10⁻³ USD</translation>
    </message>
    <message>
        <source>USD</source>
        <translation>USD</translation>
    </message>
    <message>
        <source>Requests cost %1; %2 of charges have a known price.</source>
        <translation>Anfragen kosten %1; %2 der Posten haben einen bekannten Preis.</translation>
    </message>
    <message>
        <source>%1 · %2 of charges known</source>
        <translation>%1 · %2 der Posten bekannt</translation>
    </message>
    <message>
        <source>How long answered requests took: median, p95 and p99 over time.</source>
        <translation>Wie lange beantwortete Anfragen dauerten: Median, p95 und p99 über die Zeit.</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>milliseconds</source>
        <translation>Millisekunden</translation>
    </message>
    <message>
        <source>Latency of answered requests: median %1, p95 %2, p99 %3.</source>
        <translation>Latenz beantworteter Anfragen: Median %1, p95 %2, p99 %3.</translation>
    </message>
    <message>
        <source>How long each tier&apos;s answers took.</source>
        <translation>Wie lange die Antworten jeder Stufe dauerten.</translation>
    </message>
    <message>
        <source>tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>cost in USD</source>
        <translation>Kosten in USD</translation>
    </message>
    <message>
        <source>Median latency by tier: %1.</source>
        <translation>Mediane Latenz nach Stufe: %1.</translation>
    </message>
    <message>
        <source>How judges scored the answers.</source>
        <translation>Wie Judges die Antworten bewerteten.</translation>
    </message>
    <message>
        <source>quality from</source>
        <translation>Qualität ab</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Quality of %1 answers from 0 to 1, by %2; the mean is %3.</source>
        <translation>Qualität von %1 Antworten von 0 bis 1, laut %2; der Mittelwert ist %3.</translation>
    </message>
</context>
<context>
    <name>signalbox::DashboardPage</name>
    <message>
        <source>Dashboard</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>&lt;p&gt;What the runs of this workspace did: which tier answered, what it cost, how long it took, how judges scored it, and why requests escalated. Intervals are 95 %.&lt;/p&gt;&lt;p&gt;Hover a figure to see what it counts, over how many requests and from when. The table button of a chart shows its data; Ctrl and the wheel zoom.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Was die Läufe dieses Arbeitsbereichs ergeben haben: welche Stufe antwortete, was es kostete, wie lange es dauerte, wie Judges es bewerteten und warum Anfragen eskalierten. Intervalle sind 95 %.&lt;/p&gt;&lt;p&gt;Der Zeiger auf einer Zahl zeigt, was sie zählt, über wie viele Anfragen und seit wann. Die Tabellentaste eines Diagramms zeigt seine Daten; Strg und das Mausrad zoomen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Kind of runs</source>
        <translation>Art der Läufe</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>Noch keine Läufe</translation>
    </message>
    <message>
        <source>The dashboard shows which tier answered, what it cost, how long it took and how judges scored it, as soon as there are runs.</source>
        <translation>Die Übersicht zeigt, welche Stufe antwortete, was es kostete, wie lange es dauerte und wie Judges es bewerteten, sobald es Läufe gibt.</translation>
    </message>
    <message>
        <source>Run the Sample</source>
        <translation>Beispiel ausführen</translation>
    </message>
    <message>
        <source>all time</source>
        <translation>gesamte Zeit</translation>
    </message>
    <message>
        <source>last hour</source>
        <translation>letzte Stunde</translation>
    </message>
    <message>
        <source>last 24 hours</source>
        <translation>letzte 24 Stunden</translation>
    </message>
    <message>
        <source>last 7 days</source>
        <translation>letzte 7 Tage</translation>
    </message>
    <message>
        <source>policy runs</source>
        <translation>Policy-Läufe</translation>
    </message>
    <message>
        <source>all-tiers runs</source>
        <translation>Läufe mit allen Stufen</translation>
    </message>
    <message>
        <source>Some of these answers, latencies and costs were simulated by the sandbox.</source>
        <translation>Ein Teil dieser Antworten, Latenzen und Kosten wurde von der Sandbox simuliert.</translation>
    </message>
    <message>
        <source>&amp;Read Again</source>
        <translation>&amp;Neu lesen</translation>
    </message>
    <message>
        <source>Reads the runs from the workspace again.</source>
        <translation>Liest die Läufe erneut aus dem Arbeitsbereich.</translation>
    </message>
    <message>
        <source>all runs</source>
        <translation>alle Läufe</translation>
    </message>
    <message>
        <source>No runs fit the filter</source>
        <translation>Kein Lauf passt zum Filter</translation>
    </message>
    <message>
        <source>Choose another dataset, time range or kind of runs above.</source>
        <translation>Oben einen anderen Datensatz, Zeitraum oder eine andere Art der Läufe wählen.</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
</context>
<context>
    <name>signalbox::DecisionColumn</name>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Where a request goes and why: the route, the rules that matched, the tiers that were barred and the passages that were looked up.</source>
        <translation>Wohin eine Anfrage geht und warum: die Route, die zutreffenden Regeln, die gesperrten Stufen und die gefundenen Passagen.</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>The models are simulated: figures of this run say nothing of real ones.</source>
        <translation>Die Modelle sind simuliert: Zahlen dieses Laufs sagen nichts über echte.</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Barred</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Retrieved</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Was it resolved?</source>
        <translation>Wurde es gelöst?</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>The request was resolved</source>
        <translation>Die Anfrage wurde gelöst</translation>
    </message>
    <message>
        <source>The request was not resolved</source>
        <translation>Die Anfrage wurde nicht gelöst</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Als JSON kopieren</translation>
    </message>
    <message>
        <source>Copy the trace as JSON</source>
        <translation>Den Trace als JSON kopieren</translation>
    </message>
    <message>
        <source>Recorded as %1.</source>
        <translation>Aufgezeichnet als %1.</translation>
    </message>
    <message>
        <source>Not recorded: %1</source>
        <translation>Nicht aufgezeichnet: %1</translation>
    </message>
    <message>
        <source>Recorded when it has ended.</source>
        <translation>Wird am Ende aufgezeichnet.</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>eine Person</translation>
    </message>
    <message>
        <source>Route: %1</source>
        <translation>Route: %1</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>durch %1</translation>
    </message>
    <message>
        <source>by rule %1%2</source>
        <translation>durch Regel %1%2</translation>
    </message>
    <message>
        <source>, locked</source>
        <translation>, verriegelt</translation>
    </message>
    <message>
        <source>difficulty %1</source>
        <translation>Schwierigkeit %1</translation>
    </message>
    <message>
        <source>confidence %1, uncalibrated · %2</source>
        <translation>Konfidenz %1, unkalibriert · %2</translation>
    </message>
    <message>
        <source>decided in %1</source>
        <translation>in %1 entschieden</translation>
    </message>
    <message>
        <source>Reasons: %1</source>
        <translation>Gründe: %1</translation>
    </message>
    <message>
        <source>The policy has no rules.</source>
        <translation>Die Policy hat keine Regeln.</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>matched, locked</source>
        <translation>trifft zu, verriegelt</translation>
    </message>
    <message>
        <source>matched</source>
        <translation>trifft zu</translation>
    </message>
    <message>
        <source>Did not match: %1</source>
        <translation>Trafen nicht zu: %1</translation>
    </message>
    <message>
        <source>Nothing was looked up.</source>
        <translation>Nichts wurde nachgeschlagen.</translation>
    </message>
    <message>
        <source>The policy looks nothing up.</source>
        <translation>Die Policy schlägt nichts nach.</translation>
    </message>
</context>
<context>
    <name>signalbox::Figures</name>
    <message>
        <source>difference unknown</source>
        <translation>Differenz unbekannt</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>keine Änderung</translation>
    </message>
    <message>
        <source>%1, no evidence of a change</source>
        <translation>%1, kein Beleg für eine Änderung</translation>
    </message>
    <message>
        <source>Cost of 1 000 requests</source>
        <translation>Kosten von 1 000 Anfragen</translation>
    </message>
    <message>
        <source>Quality by the judge, 0–1</source>
        <translation>Qualität laut Judge, 0–1</translation>
    </message>
    <message>
        <source>Latency, 95th percentile</source>
        <translation>Latenz, 95. Perzentil</translation>
    </message>
    <message>
        <source>Escalation rate</source>
        <translation>Eskalationsrate</translation>
    </message>
    <message>
        <source>%1, n = %4 requests of %2, re-simulated from recorded runs of all tiers. In brackets the 95 % interval of the paired difference from the policy, by %3 resamples.</source>
        <translation>%1, n = %4 Anfragen von %2, neu simuliert aus aufgezeichneten Läufen aller Stufen. In Klammern das 95-%-Intervall der gepaarten Differenz zur Policy, aus %3 Resamples.</translation>
    </message>
    <message>
        <source>&#x2009;%</source>
        <translation>&#x2009;%</translation>
    </message>
    <message>
        <source> dollars</source>
        <translation> Dollar</translation>
    </message>
    <message>
        <source>Mean cost of a request, a thousand times</source>
        <translation>Mittlere Kosten einer Anfrage, mal tausend</translation>
    </message>
    <message>
        <source>Mean quality of the accepted answers on 0–1, where a score s of n is (s − 1)/(n − 1), as judged by %1</source>
        <translation>Mittlere Qualität der angenommenen Antworten auf 0–1, wobei ein Wert s von n als (s − 1)/(n − 1) zählt, laut %1</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>&#x2009;ms</source>
        <translation>&#x2009;ms</translation>
    </message>
    <message>
        <source>95th percentile of the time to the end of the accepted answer</source>
        <translation>95. Perzentil der Zeit bis zum Ende der angenommenen Antwort</translation>
    </message>
    <message>
        <source> points</source>
        <translation> Punkte</translation>
    </message>
    <message>
        <source>Share of requests that were escalated at least once</source>
        <translation>Anteil der Anfragen, die mindestens einmal eskaliert wurden</translation>
    </message>
</context>
<context>
    <name>signalbox::HopCard</name>
    <message>
        <source>Answer of %1</source>
        <translation>Antwort von %1</translation>
    </message>
    <message>
        <source>No text came.</source>
        <translation>Es kam kein Text.</translation>
    </message>
    <message>
        <source>Waiting for the first token.</source>
        <translation>Wartet auf das erste Token.</translation>
    </message>
    <message>
        <source>Hop %1: %2, %3</source>
        <translation>Hop %1: %2, %3</translation>
    </message>
    <message>
        <source>%1 %2 &lt; %3</source>
        <translation>%1 %2 &lt; %3</translation>
    </message>
    <message>
        <source>%1 does not fit</source>
        <translation>%1 passt nicht</translation>
    </message>
    <message>
        <source>%1 gave no verdict</source>
        <translation>%1 gab kein Urteil</translation>
    </message>
    <message>
        <source>judging %1</source>
        <translation>%1 wird bewertet</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>schreibt</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>angefragt</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>would be rejected</source>
        <translation>würde abgelehnt</translation>
    </message>
    <message>
        <source>accepted all the same</source>
        <translation>dennoch angenommen</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>barred</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>Judge: </source>
        <translation>Judge: </translation>
    </message>
    <message>
        <source>%1, again in %2</source>
        <translation>%1, erneut in %2</translation>
    </message>
    <message>
        <source>%1, not tried again</source>
        <translation>%1, kein weiterer Versuch</translation>
    </message>
    <message>
        <source>Judge: %1</source>
        <translation>Judge: %1</translation>
    </message>
    <message>
        <source>Shape: %1</source>
        <translation>Form: %1</translation>
    </message>
    <message>
        <source>Ended by %1: %2</source>
        <translation>Beendet durch %1: %2</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>1 Passage</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>%1 Passagen</translation>
    </message>
    <message>
        <source>the rejected draft and why</source>
        <translation>der abgelehnte Entwurf und warum</translation>
    </message>
    <message>
        <source>carried over: %1</source>
        <translation>übernommen: %1</translation>
    </message>
</context>
<context>
    <name>signalbox::HopsModel</name>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>escalated</source>
        <translation>eskaliert</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>barred</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>try %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>%1, again in %2</source>
        <translation>%1, erneut in %2</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>no verdict</source>
        <translation>kein Urteil</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1, threshold %2</source>
        <translation>%1, Schwelle %2</translation>
    </message>
    <message>
        <source>judge</source>
        <translation>Judge</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>nicht aufgezeichnet</translation>
    </message>
    <message>
        <source>together</source>
        <translation>zusammen</translation>
    </message>
    <message>
        <source>The first token is the first that the user saw: of the answer that the gates let through.</source>
        <translation>Das erste Token ist das erste, das der Nutzer sah: das der Antwort, die die Gates durchließen.</translation>
    </message>
    <message>
        <source>hop</source>
        <translation>Hop</translation>
    </message>
    <message>
        <source>tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>in / cached / out</source>
        <translation>ein / Cache / aus</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>erstes Token</translation>
    </message>
    <message>
        <source>total</source>
        <translation>gesamt</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
</context>
<context>
    <name>signalbox::HopsTable</name>
    <message>
        <source>Hops, tries and judges of the run</source>
        <translation>Hops, Versuche und Judges des Laufs</translation>
    </message>
</context>
<context>
    <name>signalbox::Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>The policy has no such element now.</source>
        <translation>Die Policy hat dieses Element nicht mehr.</translation>
    </message>
</context>
<context>
    <name>signalbox::InspectorForm</name>
    <message>
        <source>%1 to %2%3</source>
        <translation>%1 bis %2%3</translation>
    </message>
    <message>
        <source>clear %1</source>
        <translation>%1 leeren</translation>
    </message>
    <message>
        <source>set %1 to %2</source>
        <translation>%1 auf %2 setzen</translation>
    </message>
    <message>
        <source>set %1</source>
        <translation>%1 setzen</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>turn on %1</source>
        <translation>%1 einschalten</translation>
    </message>
    <message>
        <source>turn off %1</source>
        <translation>%1 ausschalten</translation>
    </message>
    <message>
        <source>one a line</source>
        <translation>je Zeile einer</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>add %1 to %2</source>
        <translation>%1 zu %2 hinzufügen</translation>
    </message>
    <message>
        <source>take %1 from %2</source>
        <translation>%1 aus %2 entfernen</translation>
    </message>
    <message>
        <source>change what %1 does</source>
        <translation>Wirkung von %1 ändern</translation>
    </message>
</context>
<context>
    <name>signalbox::JsonEditor</name>
    <message>
        <source>Text of the policy</source>
        <translation>Text der Policy</translation>
    </message>
    <message>
        <source>Line numbers</source>
        <translation>Zeilennummern</translation>
    </message>
    <message>
        <source>edit text</source>
        <translation>Text bearbeiten</translation>
    </message>
</context>
<context>
    <name>signalbox::KeysSheet</name>
    <message>
        <source>Keys of This View</source>
        <translation>Tasten dieser Ansicht</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
</context>
<context>
    <name>signalbox::KpiTile</name>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
</context>
<context>
    <name>signalbox::MainWindow</name>
    <message>
        <source>Shows %1.</source>
        <translation>Zeigt %1.</translation>
    </message>
    <message>
        <source>%1 is not here any more</source>
        <translation>%1 ist nicht mehr da</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>A run is not finished. Finished requests are on disk and are kept.</source>
        <translation>Ein Lauf ist nicht fertig. Fertige Anfragen sind gespeichert und bleiben erhalten.</translation>
    </message>
    <message>
        <source>Stop It and Go On</source>
        <translation>Anhalten und fortfahren</translation>
    </message>
    <message>
        <source>Keep Running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>The policy has changes that are not saved as a version.</source>
        <translation>Die Policy hat Änderungen, die nicht als Version gespeichert sind.</translation>
    </message>
    <message>
        <source>Save Version</source>
        <translation>Version speichern</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Signalbox workspaces (*.signalbox)</source>
        <translation>Signalbox-Arbeitsbereiche (*.signalbox)</translation>
    </message>
    <message>
        <source>Policies (*.json);;All files (*)</source>
        <translation>Policies (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;New from Sample…</source>
        <translation>&amp;Neu aus Beispiel…</translation>
    </message>
    <message>
        <source>Makes a new workspace with the Harbor Support sample in it.</source>
        <translation>Legt einen neuen Arbeitsbereich mit dem Beispiel Harbor Support an.</translation>
    </message>
    <message>
        <source>&amp;Open Workspace…</source>
        <translation>Arbeitsbereich ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Opens another workspace file.</source>
        <translation>Öffnet eine andere Arbeitsbereichsdatei.</translation>
    </message>
    <message>
        <source>Open &amp;Policy…</source>
        <translation>&amp;Policy öffnen…</translation>
    </message>
    <message>
        <source>Reads a policy file into the editor.</source>
        <translation>Liest eine Policy-Datei in den Editor.</translation>
    </message>
    <message>
        <source>&amp;Save Version</source>
        <translation>Version &amp;speichern</translation>
    </message>
    <message>
        <source>Saves the policy as a new version of the workspace.</source>
        <translation>Speichert die Policy als neue Version im Arbeitsbereich.</translation>
    </message>
    <message>
        <source>&amp;Export Policy…</source>
        <translation>Policy &amp;exportieren…</translation>
    </message>
    <message>
        <source>Writes the policy as a canonical file.</source>
        <translation>Schreibt die Policy als kanonische Datei.</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Ends Signalbox.</source>
        <translation>Beendet Signalbox.</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Takes the last change of the policy back.</source>
        <translation>Nimmt die letzte Änderung der Policy zurück.</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Makes the change again that was taken back.</source>
        <translation>Führt die zurückgenommene Änderung erneut aus.</translation>
    </message>
    <message>
        <source>&amp;Stop What Runs</source>
        <translation>Laufendes &amp;anhalten</translation>
    </message>
    <message>
        <source>Stops runs and batches; what is finished is kept.</source>
        <translation>Hält Läufe an; Fertiges bleibt erhalten.</translation>
    </message>
    <message>
        <source>&amp;Undo “%1”</source>
        <translation>&amp;Rückgängig „%1“</translation>
    </message>
    <message>
        <source>&amp;Redo “%1”</source>
        <translation>&amp;Wiederholen „%1“</translation>
    </message>
    <message>
        <source>&amp;Go to Anything</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>Lists every action, mode, tier, rule and trigger.</source>
        <translation>Listet jede Aktion, Ansicht, Stufe, Regel und jeden Trigger.</translation>
    </message>
    <message>
        <source>Show &amp;Problems</source>
        <translation>&amp;Probleme zeigen</translation>
    </message>
    <message>
        <source>Goes to the list of the policy&apos;s problems.</source>
        <translation>Geht zur Liste der Probleme der Policy.</translation>
    </message>
    <message>
        <source>Theme as the &amp;System</source>
        <translation>Design wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light Theme</source>
        <translation>&amp;Helles Design</translation>
    </message>
    <message>
        <source>&amp;Dark Theme</source>
        <translation>&amp;Dunkles Design</translation>
    </message>
    <message>
        <source>Switches the colours at once.</source>
        <translation>Wechselt die Farben sofort.</translation>
    </message>
    <message>
        <source>Reduce &amp;Motion</source>
        <translation>&amp;Bewegung verringern</translation>
    </message>
    <message>
        <source>Nothing glides or grows.</source>
        <translation>Nichts gleitet oder wächst.</translation>
    </message>
    <message>
        <source>&amp;Help on This View</source>
        <translation>&amp;Hilfe zu dieser Ansicht</translation>
    </message>
    <message>
        <source>Says what this view is for and how to begin.</source>
        <translation>Sagt, wozu diese Ansicht dient und wie man beginnt.</translation>
    </message>
    <message>
        <source>&amp;Keys of This View</source>
        <translation>&amp;Tasten dieser Ansicht</translation>
    </message>
    <message>
        <source>Lists the keys that work here.</source>
        <translation>Listet die Tasten, die hier wirken.</translation>
    </message>
    <message>
        <source>&amp;About Signalbox</source>
        <translation>Ü&amp;ber Signalbox</translation>
    </message>
    <message>
        <source>Says which version this is.</source>
        <translation>Sagt, welche Version dies ist.</translation>
    </message>
    <message>
        <source>About Signalbox</source>
        <translation>Über Signalbox</translation>
    </message>
    <message>
        <source>Signalbox %1

A workbench for LLM model routing: author, run, observe and tune policies.
Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Signalbox %1

Eine Werkbank für das Routing von Sprachmodellen: Policies entwerfen, ausführen, beobachten und abstimmen.
Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>Trigger</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>New Workspace</source>
        <translation>Neuer Arbeitsbereich</translation>
    </message>
    <message>
        <source>New Workspace with the Sample</source>
        <translation>Neuer Arbeitsbereich mit dem Beispiel</translation>
    </message>
    <message>
        <source>Open Workspace</source>
        <translation>Arbeitsbereich öffnen</translation>
    </message>
    <message>
        <source>Open Policy</source>
        <translation>Policy öffnen</translation>
    </message>
    <message>
        <source>Saved as v%1</source>
        <translation>Gespeichert als v%1</translation>
    </message>
    <message>
        <source>Export Policy</source>
        <translation>Policy exportieren</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportiert nach %1</translation>
    </message>
</context>
<context>
    <name>signalbox::MessageBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>signalbox::ModeRail</name>
    <message>
        <source>Modes</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>signalbox::MovedCard</name>
    <message>
        <source>Requests that would move</source>
        <translation>Anfragen, die wechseln würden</translation>
    </message>
    <message>
        <source>Enter opens the request in the Playground</source>
        <translation>Eingabe öffnet die Anfrage im Probelauf</translation>
    </message>
    <message>
        <source>1 request would move</source>
        <translation>1 Anfrage würde wechseln</translation>
    </message>
    <message>
        <source>%1 requests would move</source>
        <translation>%1 Anfragen würden wechseln</translation>
    </message>
    <message>
        <source>better</source>
        <translation>besser</translation>
    </message>
    <message>
        <source>same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>schlechter</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>nicht bewertet</translation>
    </message>
    <message>
        <source>At this setting every request ends where the policy would send it.</source>
        <translation>Bei dieser Einstellung endet jede Anfrage dort, wohin die Policy sie schickt.</translation>
    </message>
    <message>
        <source>Move the threshold to see which requests would end elsewhere.</source>
        <translation>Die Schwelle verschieben zeigt, welche Anfragen anderswo enden würden.</translation>
    </message>
</context>
<context>
    <name>signalbox::MovedModel</name>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>eine Person</translation>
    </message>
    <message>
        <source>no longer escalated</source>
        <translation>eskaliert nicht mehr</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>nach</translation>
    </message>
    <message>
        <source>why</source>
        <translation>warum</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
</context>
<context>
    <name>signalbox::OutlineModel</name>
    <message>
        <source>(no id)</source>
        <translation>(ohne Id)</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Policy</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Tiers</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>Cascade</source>
        <translation>Kaskade</translation>
    </message>
    <message>
        <source>Rubrics</source>
        <translation>Rubriken</translation>
    </message>
    <message>
        <source>Triggers</source>
        <translation>Trigger</translation>
    </message>
    <message>
        <source>Objectives</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Retrieval</source>
        <translation>Retrieval</translation>
    </message>
    <message>
        <source>1 error</source>
        <translation>1 Fehler</translation>
    </message>
    <message>
        <source>%1 errors</source>
        <translation>%1 Fehler</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 Warnung</translation>
    </message>
    <message>
        <source>%1 warnings</source>
        <translation>%1 Warnungen</translation>
    </message>
</context>
<context>
    <name>signalbox::OutlineView</name>
    <message>
        <source>Outline of the policy</source>
        <translation>Gliederung der Policy</translation>
    </message>
</context>
<context>
    <name>signalbox::PlaygroundPage</name>
    <message>
        <source>Playground</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>One request, from end to end</source>
        <translation>Eine Anfrage, von Anfang bis Ende</translation>
    </message>
    <message>
        <source>The way of a prompt through the cascade appears here as it happens: who was asked, what they said, what the judge made of it, how long it took and what it cost.</source>
        <translation>Hier erscheint der Weg eines Prompts durch die Kaskade, während er geschieht: wer gefragt wurde, was die Antwort war, was der Judge davon hielt, wie lange es dauerte und was es kostete.</translation>
    </message>
    <message>
        <source>Send an Example</source>
        <translation>Beispiel senden</translation>
    </message>
    <message>
        <source>Send an example prompt</source>
        <translation>Einen Beispiel-Prompt senden</translation>
    </message>
    <message>
        <source>&lt;p&gt;Sends prompts through the policy as it is edited now. Type one, or choose &lt;b&gt;Try one&lt;/b&gt;, and press Ctrl+Enter: the timeline shows each hop as it runs, the cards show what was said and why it was accepted or turned down. Esc stops a run; what was finished is kept.&lt;/p&gt;&lt;p&gt;&lt;b&gt;All Tiers&lt;/b&gt; asks every tier that is not barred, so that they can be compared. &lt;b&gt;Dataset runs&lt;/b&gt; do the same for all prompts of a dataset; Tuning needs one with all tiers.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Sendet Prompts durch die Policy, wie sie gerade bearbeitet ist. Einen eingeben oder &lt;b&gt;Beispiele&lt;/b&gt; wählen und Strg+Eingabe drücken: die Zeitachse zeigt jeden Hop, während er läuft, die Karten zeigen, was gesagt und warum es angenommen oder abgelehnt wurde. Esc hält einen Lauf an; Fertiges bleibt erhalten.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Alle Stufen&lt;/b&gt; befragt jede nicht gesperrte Stufe, um sie zu vergleichen. &lt;b&gt;Datensatz-Läufe&lt;/b&gt; tun dasselbe für alle Prompts eines Datensatzes; Tuning braucht einen mit allen Stufen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Senden</translation>
    </message>
    <message>
        <source>Sends the prompt through the cascade.</source>
        <translation>Sendet den Prompt durch die Kaskade.</translation>
    </message>
    <message>
        <source>Send to &amp;All Tiers</source>
        <translation>An a&amp;lle Stufen senden</translation>
    </message>
    <message>
        <source>Asks every tier that is not barred, to compare them.</source>
        <translation>Befragt jede nicht gesperrte Stufe, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>S&amp;topp</translation>
    </message>
    <message>
        <source>Stops what runs; what was finished is kept.</source>
        <translation>Hält an, was läuft; Fertiges bleibt erhalten.</translation>
    </message>
    <message>
        <source>Edit &amp;Prompt</source>
        <translation>&amp;Prompt bearbeiten</translation>
    </message>
    <message>
        <source>Goes to the prompt.</source>
        <translation>Geht zum Prompt.</translation>
    </message>
    <message>
        <source>&amp;Copy Trace as JSON</source>
        <translation>Trace als JSON &amp;kopieren</translation>
    </message>
    <message>
        <source>Copies the run&apos;s trace as JSON.</source>
        <translation>Kopiert den Trace des Laufs als JSON.</translation>
    </message>
    <message>
        <source>It Was &amp;Resolved</source>
        <translation>Wurde &amp;gelöst</translation>
    </message>
    <message>
        <source>Says that the run did what the user needed.</source>
        <translation>Sagt, dass der Lauf leistete, was der Nutzer brauchte.</translation>
    </message>
    <message>
        <source>It Was &amp;Not Resolved</source>
        <translation>Wurde &amp;nicht gelöst</translation>
    </message>
    <message>
        <source>Says that the run did not do what the user needed.</source>
        <translation>Sagt, dass der Lauf nicht leistete, was der Nutzer brauchte.</translation>
    </message>
    <message>
        <source>The run is marked as resolved.</source>
        <translation>Der Lauf ist als gelöst markiert.</translation>
    </message>
    <message>
        <source>The run is marked as not resolved.</source>
        <translation>Der Lauf ist als nicht gelöst markiert.</translation>
    </message>
    <message>
        <source>The trace was copied as JSON.</source>
        <translation>Der Trace wurde als JSON kopiert.</translation>
    </message>
    <message>
        <source>The user reads: “%1”</source>
        <translation>Der Nutzer liest: „%1“</translation>
    </message>
    <message>
        <source>The run has ended, but its trace is not on disk: %1</source>
        <translation>Der Lauf ist beendet, aber sein Trace ist nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Handed to a person: %1.</source>
        <translation>An eine Person übergeben: %1.</translation>
    </message>
    <message>
        <source>No answer: %1. The trace is kept.</source>
        <translation>Keine Antwort: %1. Der Trace ist erhalten.</translation>
    </message>
    <message>
        <source>Stopped. What was finished is kept.</source>
        <translation>Angehalten. Fertiges ist erhalten.</translation>
    </message>
    <message>
        <source>The workspace is being opened.</source>
        <translation>Der Arbeitsbereich wird geöffnet.</translation>
    </message>
    <message>
        <source>No workspace is open, so nothing can be run.</source>
        <translation>Kein Arbeitsbereich ist geöffnet, daher kann nichts ausgeführt werden.</translation>
    </message>
    <message>
        <source>The policy is being read.</source>
        <translation>Die Policy wird gelesen.</translation>
    </message>
    <message>
        <source>The policy has an error and cannot be run.</source>
        <translation>Die Policy hat einen Fehler und kann nicht ausgeführt werden.</translation>
    </message>
    <message>
        <source>The policy has %1 errors and cannot be run.</source>
        <translation>Die Policy hat %1 Fehler und kann nicht ausgeführt werden.</translation>
    </message>
    <message>
        <source>The policy cannot be run.</source>
        <translation>Die Policy kann nicht ausgeführt werden.</translation>
    </message>
</context>
<context>
    <name>signalbox::PolicyGraph</name>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>+ 1 passage</source>
        <translation>+ 1 Passage</translation>
    </message>
    <message>
        <source>+ %1 passages</source>
        <translation>+ %1 Passagen</translation>
    </message>
    <message>
        <source>(no id)</source>
        <translation>(ohne Id)</translation>
    </message>
    <message>
        <source>%1: not %2</source>
        <translation>%1: nicht %2</translation>
    </message>
    <message>
        <source>%1: only %2</source>
        <translation>%1: nur %2</translation>
    </message>
    <message>
        <source>%1 · locked</source>
        <translation>%1 · verriegelt</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message numerus="yes">
        <source>%n, in order</source>
        <translation>
            <numerusform>%n, der Reihe nach</numerusform>
            <numerusform>%n, der Reihe nach</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>scoring · 1 signal</source>
        <translation>Punkte · 1 Signal</translation>
    </message>
    <message>
        <source>scoring · %1 signals</source>
        <translation>Punkte · %1 Signale</translation>
    </message>
    <message>
        <source>medium ≥ %1 · hard ≥ %2</source>
        <translation>mittel ≥ %1 · schwer ≥ %2</translation>
    </message>
    <message>
        <source>1 intent</source>
        <translation>1 Intent</translation>
    </message>
    <message>
        <source>%1 intents</source>
        <translation>%1 Intents</translation>
    </message>
    <message>
        <source>otherwise %1</source>
        <translation>sonst %1</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>fest</translation>
    </message>
    <message>
        <source>always %1</source>
        <translation>immer %1</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>eine Person</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>nirgends</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>handoff</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>price unknown</source>
        <translation>Preis unbekannt</translation>
    </message>
    <message>
        <source>%1 a hop</source>
        <translation>%1 je Hop</translation>
    </message>
    <message>
        <source>difficulty %1</source>
        <translation>Schwierigkeit %1</translation>
    </message>
    <message>
        <source>≥ %1</source>
        <translation>≥ %1</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>Drag to move the least confidence</source>
        <translation>Ziehen verschiebt die Mindestkonfidenz</translation>
    </message>
    <message>
        <source>otherwise</source>
        <translation>sonst</translation>
    </message>
    <message>
        <source>always</source>
        <translation>immer</translation>
    </message>
    <message>
        <source>%1 &lt; %2</source>
        <translation>%1 &lt; %2</translation>
    </message>
</context>
<context>
    <name>signalbox::PolicyMap</name>
    <message>
        <source>Policy map</source>
        <translation>Karte der Policy</translation>
    </message>
    <message>
        <source>Selected: %1</source>
        <translation>Ausgewählt: %1</translation>
    </message>
    <message>
        <source>Drag, or press Shift+Left and Shift+Right, to move the threshold</source>
        <translation>Ziehen oder Umschalt+Links und Umschalt+Rechts verschiebt die Schwelle</translation>
    </message>
</context>
<context>
    <name>signalbox::PolicyPage</name>
    <message>
        <source>Policy</source>
        <translation>Policy</translation>
    </message>
    <message>
        <source>&lt;p&gt;The policy as a map: a request meets the rules, then the router, which picks a tier; amber edges say when an answer escalates. Select anything to read and change it at the right.&lt;/p&gt;&lt;p&gt;Drag a pill with a threshold sideways, or press Shift+Left and Shift+Right on it. Tab and the arrow keys walk the map, Enter edits. Problems, the text itself and the history of edits are below; everything can be undone.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Die Policy als Karte: eine Anfrage trifft auf die Regeln, dann auf den Router, der eine Stufe wählt; bernsteinfarbene Kanten sagen, wann eine Antwort eskaliert. Ausgewähltes lässt sich rechts lesen und ändern.&lt;/p&gt;&lt;p&gt;Eine Pille mit Schwelle seitwärts ziehen oder auf ihr Umschalt+Links und Umschalt+Rechts drücken. Tab und die Pfeiltasten gehen durch die Karte, Eingabe bearbeitet. Probleme, der Text selbst und der Verlauf stehen unten; alles lässt sich rückgängig machen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Add &amp;Tier</source>
        <translation>S&amp;tufe hinzufügen</translation>
    </message>
    <message>
        <source>Adds a tier at the end of the cascade.</source>
        <translation>Fügt am Ende der Kaskade eine Stufe hinzu.</translation>
    </message>
    <message>
        <source>Add &amp;Rule</source>
        <translation>&amp;Regel hinzufügen</translation>
    </message>
    <message>
        <source>Adds a rule at the end.</source>
        <translation>Fügt am Ende eine Regel hinzu.</translation>
    </message>
    <message>
        <source>Add Tri&amp;gger</source>
        <translation>Tri&amp;gger hinzufügen</translation>
    </message>
    <message>
        <source>Adds a trigger.</source>
        <translation>Fügt einen Trigger hinzu.</translation>
    </message>
    <message>
        <source>&amp;Delete Element</source>
        <translation>Element &amp;löschen</translation>
    </message>
    <message>
        <source>Deletes the selected element of the policy.</source>
        <translation>Löscht das ausgewählte Element der Policy.</translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Moves the selected element up in its list (Alt+Up).</source>
        <translation>Verschiebt das ausgewählte Element in seiner Liste nach oben (Alt+Auf).</translation>
    </message>
    <message>
        <source>Move Do&amp;wn</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Moves the selected element down in its list (Alt+Down).</source>
        <translation>Verschiebt das ausgewählte Element in seiner Liste nach unten (Alt+Ab).</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>Shows the map larger.</source>
        <translation>Zeigt die Karte größer.</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Shows the map smaller.</source>
        <translation>Zeigt die Karte kleiner.</translation>
    </message>
    <message>
        <source>&amp;Fit Map</source>
        <translation>Karte &amp;einpassen</translation>
    </message>
    <message>
        <source>Shows all of the map.</source>
        <translation>Zeigt die ganze Karte.</translation>
    </message>
    <message>
        <source>&amp;Next Problem</source>
        <translation>&amp;Nächstes Problem</translation>
    </message>
    <message>
        <source>Goes to the next problem.</source>
        <translation>Geht zum nächsten Problem.</translation>
    </message>
    <message>
        <source>Format Te&amp;xt</source>
        <translation>Te&amp;xt formatieren</translation>
    </message>
    <message>
        <source>Writes the policy in its canonical form.</source>
        <translation>Schreibt die Policy in ihrer kanonischen Form.</translation>
    </message>
</context>
<context>
    <name>signalbox::PolicyView</name>
    <message>
        <source>No policy is open</source>
        <translation>Keine Policy geöffnet</translation>
    </message>
    <message>
        <source>This will draw the policy: where a request goes, why, and what makes it escalate.</source>
        <translation>Hier wird die Policy gezeichnet: wohin eine Anfrage geht, warum, und was sie eskalieren lässt.</translation>
    </message>
    <message>
        <source>Open the Sample Policy</source>
        <translation>Beispiel-Policy öffnen</translation>
    </message>
    <message>
        <source>Map above, problems and text below</source>
        <translation>Oben die Karte, unten Probleme und Text</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Gliederung</translation>
    </message>
    <message>
        <source>+ Tier</source>
        <translation>+ Stufe</translation>
    </message>
    <message>
        <source>Add a tier</source>
        <translation>Eine Stufe hinzufügen</translation>
    </message>
    <message>
        <source>+ Rule</source>
        <translation>+ Regel</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>Eine Regel hinzufügen</translation>
    </message>
    <message>
        <source>+ Trigger</source>
        <translation>+ Trigger</translation>
    </message>
    <message>
        <source>Add a trigger</source>
        <translation>Einen Trigger hinzufügen</translation>
    </message>
    <message>
        <source>Move the selected element up (Alt+Up)</source>
        <translation>Das ausgewählte Element nach oben verschieben (Alt+Auf)</translation>
    </message>
    <message>
        <source>Move the selected element down (Alt+Down)</source>
        <translation>Das ausgewählte Element nach unten verschieben (Alt+Ab)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the selected element (Del)</source>
        <translation>Das ausgewählte Element löschen (Entf)</translation>
    </message>
    <message>
        <source>Zoom out (Ctrl+−)</source>
        <translation>Verkleinern (Strg+−)</translation>
    </message>
    <message>
        <source>Zoom to 100 %</source>
        <translation>Auf 100 % zoomen</translation>
    </message>
    <message>
        <source>Zoom in (Ctrl++)</source>
        <translation>Vergrößern (Strg++)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Show all of the map (Ctrl+0)</source>
        <translation>Die ganze Karte zeigen (Strg+0)</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Show or hide the inspector</source>
        <translation>Den Inspektor zeigen oder verbergen</translation>
    </message>
    <message>
        <source>The text is no valid JSON. The map shows the policy as it was last understood.</source>
        <translation>Der Text ist kein gültiges JSON. Die Karte zeigt die Policy, wie sie zuletzt verstanden wurde.</translation>
    </message>
    <message>
        <source>Problems, text and history</source>
        <translation>Probleme, Text und Verlauf</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>History of edits</source>
        <translation>Verlauf der Änderungen</translation>
    </message>
    <message>
        <source>As it was opened</source>
        <translation>Wie geöffnet</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Format Text</source>
        <translation>Text formatieren</translation>
    </message>
    <message>
        <source>Format the text canonically</source>
        <translation>Den Text kanonisch formatieren</translation>
    </message>
    <message>
        <source>Canonical form: stable order of keys, one value a line</source>
        <translation>Kanonische Form: feste Reihenfolge der Schlüssel, ein Wert je Zeile</translation>
    </message>
    <message>
        <source>Problems %1</source>
        <translation>Probleme %1</translation>
    </message>
    <message>
        <source>The text is no valid JSON. The map appears when it can be understood.</source>
        <translation>Der Text ist kein gültiges JSON. Die Karte erscheint, sobald er verstanden wird.</translation>
    </message>
    <message>
        <source>format text</source>
        <translation>Text formatieren</translation>
    </message>
    <message>
        <source>least confidence of row %1</source>
        <translation>Mindestkonfidenz von Zeile %1</translation>
    </message>
    <message>
        <source>set %1 to %2</source>
        <translation>%1 auf %2 setzen</translation>
    </message>
</context>
<context>
    <name>signalbox::ProblemsModel</name>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>Line %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1: %2 %3</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
</context>
<context>
    <name>signalbox::ProblemsView</name>
    <message>
        <source>Problems of the policy</source>
        <translation>Probleme der Policy</translation>
    </message>
    <message>
        <source>No problems. The policy can be run and exported.</source>
        <translation>Keine Probleme. Die Policy kann ausgeführt und exportiert werden.</translation>
    </message>
</context>
<context>
    <name>signalbox::RequestPanel</name>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Try one…</source>
        <translation>Beispiele…</translation>
    </message>
    <message>
        <source>Try a prompt of the dataset</source>
        <translation>Einen Prompt des Datensatzes ausprobieren</translation>
    </message>
    <message>
        <source>What a customer would ask</source>
        <translation>Was ein Kunde fragen würde</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send the prompt</source>
        <translation>Den Prompt senden</translation>
    </message>
    <message>
        <source>Send the prompt through the cascade (Ctrl+Enter)</source>
        <translation>Den Prompt durch die Kaskade senden (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>All Tiers</source>
        <translation>Alle Stufen</translation>
    </message>
    <message>
        <source>Send the prompt to all tiers</source>
        <translation>Den Prompt an alle Stufen senden</translation>
    </message>
    <message>
        <source>Ask every tier that is not barred, to compare them (Ctrl+Shift+Enter)</source>
        <translation>Jede nicht gesperrte Stufe befragen, um sie zu vergleichen (Strg+Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>Den Lauf anhalten</translation>
    </message>
    <message>
        <source>Stop what runs; what was finished is kept (Esc)</source>
        <translation>Anhalten, was läuft; Fertiges bleibt erhalten (Esc)</translation>
    </message>
    <message>
        <source>Show the problems</source>
        <translation>Probleme zeigen</translation>
    </message>
    <message>
        <source>Show the problems of the policy</source>
        <translation>Die Probleme der Policy zeigen</translation>
    </message>
    <message>
        <source>The workspace holds no dataset yet.</source>
        <translation>Der Arbeitsbereich enthält noch keinen Datensatz.</translation>
    </message>
    <message>
        <source>Prompts of the dataset, by what is interesting about them</source>
        <translation>Prompts des Datensatzes, nach dem, was an ihnen interessant ist</translation>
    </message>
    <message>
        <source>%1: %2 ×</source>
        <translation>%1: %2 ×</translation>
    </message>
    <message>
        <source>Remove the metadata %1: %2</source>
        <translation>Die Metadaten %1 entfernen: %2</translation>
    </message>
    <message>
        <source>%1 ×</source>
        <translation>%1 ×</translation>
    </message>
    <message>
        <source>Remove the attachment %1</source>
        <translation>Den Anhang %1 entfernen</translation>
    </message>
    <message>
        <source>Attachment, %1. Only its kind and name are sent.</source>
        <translation>Anhang, %1. Nur Art und Name werden gesendet.</translation>
    </message>
    <message>
        <source>+ metadata</source>
        <translation>+ Metadaten</translation>
    </message>
    <message>
        <source>Add metadata</source>
        <translation>Metadaten hinzufügen</translation>
    </message>
    <message>
        <source>+ attachment</source>
        <translation>+ Anhang</translation>
    </message>
    <message>
        <source>Add an attachment</source>
        <translation>Einen Anhang hinzufügen</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>Anderes…</translation>
    </message>
    <message>
        <source>Add Metadata</source>
        <translation>Metadaten hinzufügen</translation>
    </message>
    <message>
        <source>Key and value, as in key: value</source>
        <translation>Schlüssel und Wert, in der Form Schlüssel: Wert</translation>
    </message>
</context>
<context>
    <name>signalbox::ScoreBars</name>
    <message>
        <source>Alternatives that the router weighed</source>
        <translation>Alternativen, die der Router abgewogen hat</translation>
    </message>
</context>
<context>
    <name>signalbox::Session</name>
    <message>
        <source>Opened for reading only</source>
        <translation>Nur zum Lesen geöffnet</translation>
    </message>
    <message numerus="yes">
        <source>%n prompt(s) imported</source>
        <translation>
            <numerusform>%n Prompt importiert</numerusform>
            <numerusform>%n Prompts importiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n line(s) left out</source>
        <translation>
            <numerusform>, %n Zeile ausgelassen</numerusform>
            <numerusform>, %n Zeilen ausgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>; the first is line %1: %2</source>
        <translation>; die erste ist Zeile %1: %2</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Das hat nicht geklappt</translation>
    </message>
    <message>
        <source>The workspace could not be used</source>
        <translation>Der Arbeitsbereich konnte nicht verwendet werden</translation>
    </message>
    <message>
        <source>The policy has problems</source>
        <translation>Die Policy hat Probleme</translation>
    </message>
    <message>
        <source>The sandbox did not start</source>
        <translation>Die Sandbox ist nicht gestartet</translation>
    </message>
</context>
<context>
    <name>signalbox::SettingPanel</name>
    <message>
        <source>Compared over</source>
        <translation>Verglichen über</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Setting as a number</source>
        <translation>Einstellung als Zahl</translation>
    </message>
    <message>
        <source>What was looked up is part of the recorded answers: moving this changes nothing here. Run the dataset again to see its effect.</source>
        <translation>Was nachgeschlagen wurde, ist Teil der aufgezeichneten Antworten: dies zu verschieben ändert hier nichts. Erst ein neuer Lauf des Datensatzes zeigt die Wirkung.</translation>
    </message>
    <message>
        <source>Apply to the Policy</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Writes the setting into the policy; it can be undone</source>
        <translation>Schreibt die Einstellung in die Policy; es lässt sich rückgängig machen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Back to where the policy stands</source>
        <translation>Zurück zum Stand der Policy</translation>
    </message>
    <message>
        <source>%1 · %2 prompt</source>
        <translation>%1 · %2 Prompt</translation>
    </message>
    <message>
        <source>%1 · %2 prompts</source>
        <translation>%1 · %2 Prompts</translation>
    </message>
    <message>
        <source>The policy stands at %1, the mark on the slider.</source>
        <translation>Die Policy steht bei %1, der Marke am Regler.</translation>
    </message>
</context>
<context>
    <name>signalbox::StatusRow</name>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Progress of the running work</source>
        <translation>Fortschritt der laufenden Arbeit</translation>
    </message>
    <message>
        <source>Stops what runs; what is finished is kept.</source>
        <translation>Hält an, was läuft; Fertiges bleibt erhalten.</translation>
    </message>
    <message>
        <source>Traces that are not yet on disk. What the window shows as done is on disk.</source>
        <translation>Traces, die noch nicht gespeichert sind. Was das Fenster als fertig zeigt, ist gespeichert.</translation>
    </message>
    <message>
        <source>Stopped %1 at %2 of %3; finished runs are kept</source>
        <translation>%1 angehalten bei %2 von %3; fertige Läufe bleiben erhalten</translation>
    </message>
    <message>
        <source>Finished %1: %2 requests, %3</source>
        <translation>%1 fertig: %2 Anfragen, %3</translation>
    </message>
    <message numerus="yes">
        <source>, %n failed</source>
        <translation>
            <numerusform>, %n gescheitert</numerusform>
            <numerusform>, %n gescheitert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n could not be written</source>
        <translation>
            <numerusform>, %n konnte nicht geschrieben werden</numerusform>
            <numerusform>, %n konnten nicht geschrieben werden</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Running %1 through all tiers</source>
        <translation>%1 läuft durch alle Stufen</translation>
    </message>
    <message>
        <source>Running %1</source>
        <translation>%1 läuft</translation>
    </message>
    <message>
        <source>Opening the workspace</source>
        <translation>Arbeitsbereich wird geöffnet</translation>
    </message>
    <message>
        <source>Running a request</source>
        <translation>Eine Anfrage läuft</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>writer: %1 behind</source>
        <translation>Schreiber: %1 im Rückstand</translation>
    </message>
    <message>
        <source>Undo: “%1”</source>
        <translation>Rückgängig: „%1“</translation>
    </message>
</context>
<context>
    <name>signalbox::TierMix</name>
    <message>
        <source>Tier mix</source>
        <translation>Stufenmix</translation>
    </message>
    <message>
        <source>This setting: %1. The policy: %2.</source>
        <translation>Diese Einstellung: %1. Die Policy: %2.</translation>
    </message>
    <message>
        <source>Share of requests by the tier whose answer was accepted, n = %1.</source>
        <translation>Anteil der Anfragen nach der Stufe, deren Antwort angenommen wurde, n = %1.</translation>
    </message>
    <message>
        <source>this setting</source>
        <translation>diese Einstellung</translation>
    </message>
    <message>
        <source>the policy</source>
        <translation>die Policy</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
</context>
<context>
    <name>signalbox::Timeline</name>
    <message>
        <source>Timeline of the run</source>
        <translation>Zeitachse des Laufs</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 may not be called for this request: %2</source>
        <translation>%1 darf für diese Anfrage nicht befragt werden: %2</translation>
    </message>
</context>
<context>
    <name>signalbox::TitleRow</name>
    <message>
        <source>Sandbox endpoints</source>
        <translation>Sandbox-Endpunkte</translation>
    </message>
    <message>
        <source>Ctrl K  Go to anything</source>
        <translation>Strg K  Gehe zu</translation>
    </message>
    <message>
        <source>Every answer, latency and cost comes from the sandbox: real servers on this machine whose intelligence is simulated.</source>
        <translation>Jede Antwort, Latenz und jeder Betrag kommt aus der Sandbox: echte Server auf diesem Rechner, deren Intelligenz simuliert ist.</translation>
    </message>
    <message>
        <source>Policy without a name</source>
        <translation>Policy ohne Namen</translation>
    </message>
    <message>
        <source>opening the workspace…</source>
        <translation>Arbeitsbereich wird geöffnet…</translation>
    </message>
    <message>
        <source>no workspace</source>
        <translation>kein Arbeitsbereich</translation>
    </message>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>modified</source>
        <translation>geändert</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n Fehler</numerusform>
            <numerusform>%n Fehler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n Warnung</numerusform>
            <numerusform>%n Warnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>no problems</source>
        <translation>keine Probleme</translation>
    </message>
    <message>
        <source>Policy: %1</source>
        <translation>Policy: %1</translation>
    </message>
    <message>
        <source>Shows the policy&apos;s problems.</source>
        <translation>Zeigt die Probleme der Policy.</translation>
    </message>
</context>
<context>
    <name>signalbox::TraceDetail</name>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Gelöst</translation>
    </message>
    <message>
        <source>Not Resolved</source>
        <translation>Nicht gelöst</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Als JSON kopieren</translation>
    </message>
    <message>
        <source>Hops, answer and charges of the trace</source>
        <translation>Hops, Antwort und Posten des Trace</translation>
    </message>
    <message>
        <source>Decision of the trace</source>
        <translation>Entscheidung des Trace</translation>
    </message>
    <message>
        <source>Your verdict: the task was done for the user.</source>
        <translation>Eigenes Urteil: die Aufgabe wurde für den Nutzer gelöst.</translation>
    </message>
    <message>
        <source>Your verdict: the task was not done for the user.</source>
        <translation>Eigenes Urteil: die Aufgabe wurde für den Nutzer nicht gelöst.</translation>
    </message>
    <message>
        <source>No trace is selected</source>
        <translation>Kein Trace ausgewählt</translation>
    </message>
    <message>
        <source>Select a trace above to see its decision, hops, gates, charges and answer.</source>
        <translation>Oben einen Trace auswählen, um Entscheidung, Hops, Gates, Posten und Antwort zu sehen.</translation>
    </message>
    <message>
        <source>Trace of %1</source>
        <translation>Trace von %1</translation>
    </message>
</context>
<context>
    <name>signalbox::TraceFilters</name>
    <message>
        <source>Dataset</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>any dataset</source>
        <translation>jeder Datensatz</translation>
    </message>
    <message>
        <source>Tier that answered</source>
        <translation>Stufe, die antwortete</translation>
    </message>
    <message>
        <source>any tier</source>
        <translation>jede Stufe</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>any status</source>
        <translation>jeder Status</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>Eskaliert</translation>
    </message>
    <message>
        <source>escalated or not</source>
        <translation>eskaliert oder nicht</translation>
    </message>
    <message>
        <source>Reason code</source>
        <translation>Reason-Code</translation>
    </message>
    <message>
        <source>any reason</source>
        <translation>jeder Grund</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Text to look for</source>
        <translation>Gesuchter Text</translation>
    </message>
    <message>
        <source>Find in prompts, answers and reasons</source>
        <translation>Prompts, Antworten, Gründe</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>handed off</source>
        <translation>übergeben</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>escalated</source>
        <translation>eskaliert</translation>
    </message>
    <message>
        <source>not escalated</source>
        <translation>nicht eskaliert</translation>
    </message>
    <message>
        <source>newest first</source>
        <translation>neueste zuerst</translation>
    </message>
    <message>
        <source>oldest first</source>
        <translation>älteste zuerst</translation>
    </message>
    <message>
        <source>costliest first</source>
        <translation>teuerste zuerst</translation>
    </message>
    <message>
        <source>slowest first</source>
        <translation>langsamste zuerst</translation>
    </message>
    <message>
        <source>lowest quality first</source>
        <translation>niedrigste Qualität zuerst</translation>
    </message>
    <message>
        <source>person</source>
        <translation>Person</translation>
    </message>
</context>
<context>
    <name>signalbox::TraceHtml</name>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>escalated</source>
        <translation>eskaliert</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>barred</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>bestanden</translation>
    </message>
    <message>
        <source>fired</source>
        <translation>ausgelöst</translation>
    </message>
    <message>
        <source>no verdict</source>
        <translation>kein Urteil</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>threshold %1</source>
        <translation>Schwelle %1</translation>
    </message>
    <message>
        <source>judge</source>
        <translation>Judge</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>attachment: %1 %2</source>
        <translation>Anhang: %1 %2</translation>
    </message>
    <message>
        <source>Hops</source>
        <translation>Hops</translation>
    </message>
    <message>
        <source>No tier was called: the request went to a person.</source>
        <translation>Keine Stufe wurde befragt: die Anfrage ging an eine Person.</translation>
    </message>
    <message>
        <source>No tier was called.</source>
        <translation>Keine Stufe wurde befragt.</translation>
    </message>
    <message>
        <source>hop</source>
        <translation>Hop</translation>
    </message>
    <message>
        <source>tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>in / cached / out</source>
        <translation>ein / Cache / aus</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>erstes Token</translation>
    </message>
    <message>
        <source>total</source>
        <translation>gesamt</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>try %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>judge, try %1</source>
        <translation>Judge, Versuch %1</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>There is no answer.</source>
        <translation>Es gibt keine Antwort.</translation>
    </message>
    <message>
        <source>Draft of %1</source>
        <translation>Entwurf von %1</translation>
    </message>
    <message>
        <source>Charges</source>
        <translation>Posten</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>price from</source>
        <translation>Preis aus</translation>
    </message>
    <message>
        <source>in / cached / out / reasoning</source>
        <translation>ein / Cache / aus / Reasoning</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>eine Person</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>durch %1</translation>
    </message>
    <message>
        <source>confidence %1</source>
        <translation>Konfidenz %1</translation>
    </message>
    <message>
        <source>difficulty %1</source>
        <translation>Schwierigkeit %1</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Gründe</translation>
    </message>
    <message>
        <source>Barred tiers</source>
        <translation>Gesperrte Stufen</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>quality %1</source>
        <translation>Qualität %1</translation>
    </message>
    <message>
        <source>resolved: %1</source>
        <translation>gelöst: %1</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Retrieved</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>policy %1</source>
        <translation>Policy %1</translation>
    </message>
    <message>
        <source>prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>judges</source>
        <translation>Judges</translation>
    </message>
    <message>
        <source>trace</source>
        <translation>Trace</translation>
    </message>
</context>
<context>
    <name>signalbox::TracesModel</name>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>route → tier</source>
        <translation>Route → Stufe</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>hops</source>
        <translation>Hops</translation>
    </message>
    <message>
        <source>reasons</source>
        <translation>Gründe</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>erstes Token</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>escalated</source>
        <translation>eskaliert</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>handed off</source>
        <translation>übergeben</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>live</source>
        <translation>echt</translation>
    </message>
    <message>
        <source>%1 of %2 charges have a known price</source>
        <translation>%1 von %2 Posten haben einen bekannten Preis</translation>
    </message>
    <message>
        <source>0 to 1, by %1</source>
        <translation>0 bis 1, laut %1</translation>
    </message>
    <message>
        <source>nobody judged this answer</source>
        <translation>niemand hat diese Antwort bewertet</translation>
    </message>
    <message>
        <source>Answered by the sandbox: real servers on this machine whose intelligence is simulated</source>
        <translation>Von der Sandbox beantwortet: echte Server auf diesem Rechner, deren Intelligenz simuliert ist</translation>
    </message>
    <message>
        <source>Answered by real endpoints</source>
        <translation>Von echten Endpunkten beantwortet</translation>
    </message>
</context>
<context>
    <name>signalbox::TracesPage</name>
    <message>
        <source>Traces</source>
        <translation>Traces</translation>
    </message>
    <message>
        <source>&lt;p&gt;Every request that was run, as it happened: the decision, each hop with its tries and gates, what was charged, and the answer.&lt;/p&gt;&lt;p&gt;Narrow the list with the row above it; select a trace to see it whole. What is not known reads “unknown”.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Jede ausgeführte Anfrage, wie sie verlief: die Entscheidung, jeder Hop mit seinen Versuchen und Gates, was berechnet wurde, und die Antwort.&lt;/p&gt;&lt;p&gt;Die Zeile über der Liste grenzt sie ein; ein ausgewählter Trace zeigt sich ganz. Was nicht bekannt ist, heißt „unbekannt“.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Run the Sample</source>
        <translation>Beispiel ausführen</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>Goes to the line that looks for text.</source>
        <translation>Geht zum Suchfeld.</translation>
    </message>
    <message>
        <source>&amp;Copy as JSON</source>
        <translation>Als JSON &amp;kopieren</translation>
    </message>
    <message>
        <source>Copies the selected trace as one line of JSON.</source>
        <translation>Kopiert den ausgewählten Trace als eine Zeile JSON.</translation>
    </message>
    <message>
        <source>Clear Fi&amp;lter</source>
        <translation>&amp;Filter leeren</translation>
    </message>
    <message>
        <source>Shows all traces again.</source>
        <translation>Zeigt wieder alle Traces.</translation>
    </message>
    <message>
        <source>&amp;Read Again</source>
        <translation>&amp;Neu lesen</translation>
    </message>
    <message>
        <source>Reads the list from the workspace again.</source>
        <translation>Liest die Liste erneut aus dem Arbeitsbereich.</translation>
    </message>
    <message>
        <source>1 trace</source>
        <translation>1 Trace</translation>
    </message>
    <message>
        <source>%1 traces</source>
        <translation>%1 Traces</translation>
    </message>
    <message>
        <source>No traces yet</source>
        <translation>Noch keine Traces</translation>
    </message>
    <message>
        <source>No trace fits the filter</source>
        <translation>Kein Trace passt zum Filter</translation>
    </message>
    <message>
        <source>Every request that is run leaves a trace here: its decision, hops, gates, charges and answer.</source>
        <translation>Jede ausgeführte Anfrage hinterlässt hier einen Trace: Entscheidung, Hops, Gates, Posten und Antwort.</translation>
    </message>
    <message>
        <source>Clear the filter to see all traces again.</source>
        <translation>Den Filter leeren, um wieder alle Traces zu sehen.</translation>
    </message>
    <message>
        <source>Clear Filter</source>
        <translation>Filter leeren</translation>
    </message>
</context>
<context>
    <name>signalbox::TunableNames</name>
    <message>
        <source>difficulty %1</source>
        <translation>Schwierigkeit %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>an %1</translation>
    </message>
    <message>
        <source>Map row %1 (%2), confidence from</source>
        <translation>Tabellenzeile %1 (%2), Konfidenz ab</translation>
    </message>
    <message>
        <source>Router, medium from score</source>
        <translation>Router, mittel ab</translation>
    </message>
    <message>
        <source>Router, hard from score</source>
        <translation>Router, schwer ab</translation>
    </message>
    <message>
        <source>Retrieval, score from</source>
        <translation>Retrieval, Wert ab</translation>
    </message>
    <message>
        <source>%1, deadline</source>
        <translation>%1, Frist</translation>
    </message>
    <message>
        <source>Judge %1, below</source>
        <translation>Judge %1, unter</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
</context>
<context>
    <name>signalbox::TuningPage</name>
    <message>
        <source>Tuning</source>
        <translation>Tuning</translation>
    </message>
    <message>
        <source>The policy has errors</source>
        <translation>Die Policy hat Fehler</translation>
    </message>
    <message>
        <source>Show the Problems</source>
        <translation>Probleme zeigen</translation>
    </message>
    <message>
        <source>How this is known</source>
        <translation>Woher das bekannt ist</translation>
    </message>
    <message>
        <source>Every tier answered every prompt once. Those recorded answers, scores, times and costs are played through the same decisions and the same cascade that run live, with the threshold where the slider stands.</source>
        <translation>Jede Stufe hat jeden Prompt einmal beantwortet. Diese aufgezeichneten Antworten, Werte, Zeiten und Kosten durchlaufen dieselben Entscheidungen und dieselbe Kaskade wie im echten Lauf, mit der Schwelle am Stand des Reglers.</translation>
    </message>
    <message>
        <source>Cost and quality over the threshold&apos;s range</source>
        <translation>Kosten und Qualität über den Bereich der Schwelle</translation>
    </message>
    <message>
        <source>Tier mix</source>
        <translation>Stufenmix</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>The models behind these figures are simulated.</source>
        <translation>Die Modelle hinter diesen Zahlen sind simuliert.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Shows what one threshold of the policy would change, without asking a model again: over a dataset that was run with all tiers, the recorded answers are played through the policy with the threshold where the slider stands.&lt;/p&gt;&lt;p&gt;Each figure is followed by its paired difference from the policy with a 95 % interval; when the interval contains zero there is no evidence of a change. &lt;b&gt;Apply to the Policy&lt;/b&gt; makes one edit, which can be undone.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Zeigt, was eine Schwelle der Policy ändern würde, ohne ein Modell erneut zu befragen: über einen Datensatz, der mit allen Stufen ausgeführt wurde, durchlaufen die aufgezeichneten Antworten die Policy mit der Schwelle am Stand des Reglers.&lt;/p&gt;&lt;p&gt;Jeder Zahl folgt ihre gepaarte Differenz zur Policy mit einem 95-%-Intervall; enthält das Intervall die Null, gibt es keinen Beleg für eine Änderung. &lt;b&gt;Übernehmen&lt;/b&gt; ist eine einzige Änderung, die sich rückgängig machen lässt.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Apply Setting to the Policy</source>
        <translation>Einstellung in Policy ü&amp;bernehmen</translation>
    </message>
    <message>
        <source>Writes the setting into the policy; it can be undone.</source>
        <translation>Schreibt die Einstellung in die Policy; es lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>&amp;Reset Setting</source>
        <translation>Einstellung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Back to where the policy stands.</source>
        <translation>Zurück zum Stand der Policy.</translation>
    </message>
    <message>
        <source>What the problems list names must be mended before it can be re-simulated.</source>
        <translation>Was die Liste der Probleme nennt, muss behoben sein, bevor neu simuliert werden kann.</translation>
    </message>
    <message>
        <source>Reading the recorded runs.</source>
        <translation>Die aufgezeichneten Läufe werden gelesen.</translation>
    </message>
    <message>
        <source>This setting cannot be used: %1</source>
        <translation>Diese Einstellung ist nicht verwendbar: %1</translation>
    </message>
    <message>
        <source>%1 re-simulated in %2</source>
        <translation>%1 neu simuliert in %2</translation>
    </message>
    <message>
        <source>interval from %1 resamples</source>
        <translation>Intervall aus %1 Resamples</translation>
    </message>
    <message>
        <source>coverage %1 of cells</source>
        <translation>Abdeckung: %1 der Zellen</translation>
    </message>
    <message>
        <source>%1 left out for want of a recorded cell</source>
        <translation>%1 ausgelassen, weil eine aufgezeichnete Zelle fehlt</translation>
    </message>
    <message>
        <source>set %1 to %2</source>
        <translation>%1 auf %2 setzen</translation>
    </message>
    <message>
        <source>The policy was changed: %1.</source>
        <translation>Die Policy wurde geändert: %1.</translation>
    </message>
</context>
<context>
    <name>signalbox::Words</name>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message numerus="yes">
        <source>≥ %1 (%n part(s) unknown)</source>
        <translation>
            <numerusform>≥ %1 (%n Teil unbekannt)</numerusform>
            <numerusform>≥ %1 (%n Teile unbekannt)</numerusform>
        </translation>
    </message>
    <message>
        <source>the judge scored below the threshold: %1</source>
        <translation>der Judge bewertete unter der Schwelle: %1</translation>
    </message>
    <message>
        <source>the judge gave no usable verdict: %1</source>
        <translation>der Judge gab kein brauchbares Urteil: %1</translation>
    </message>
    <message>
        <source>the draft does not fit its schema: %1</source>
        <translation>der Entwurf passt nicht zu seinem Schema: %1</translation>
    </message>
    <message>
        <source>every gate passed</source>
        <translation>jedes Gate bestanden</translation>
    </message>
    <message>
        <source>the tier&apos;s deadline ended it</source>
        <translation>die Frist der Stufe hat ihn beendet</translation>
    </message>
    <message>
        <source>a budget ended it: %1</source>
        <translation>ein Budget hat ihn beendet: %1</translation>
    </message>
    <message>
        <source>the endpoint refused the connection</source>
        <translation>der Endpunkt wies die Verbindung ab</translation>
    </message>
    <message>
        <source>the endpoint did not answer in time</source>
        <translation>der Endpunkt antwortete nicht rechtzeitig</translation>
    </message>
    <message>
        <source>the connection was lost before the answer was whole</source>
        <translation>die Verbindung brach ab, bevor die Antwort vollständig war</translation>
    </message>
    <message>
        <source>the answer was not what the protocol says</source>
        <translation>die Antwort entsprach nicht dem Protokoll</translation>
    </message>
    <message>
        <source>the endpoint said: too many requests</source>
        <translation>der Endpunkt meldete: zu viele Anfragen</translation>
    </message>
    <message>
        <source>the endpoint said that it is not available</source>
        <translation>der Endpunkt meldete, dass er nicht verfügbar ist</translation>
    </message>
    <message>
        <source>the endpoint did not accept the key</source>
        <translation>der Endpunkt nahm den Schlüssel nicht an</translation>
    </message>
    <message>
        <source>the key is not where the policy says</source>
        <translation>der Schlüssel ist nicht dort, wo die Policy es sagt</translation>
    </message>
    <message>
        <source>the endpoint failed: %1</source>
        <translation>der Endpunkt scheiterte: %1</translation>
    </message>
    <message>
        <source>a rule of the policy: %1</source>
        <translation>eine Regel der Policy: %1</translation>
    </message>
    <message>
        <source>a hard constraint: %1</source>
        <translation>eine harte Bedingung: %1</translation>
    </message>
    <message>
        <source>the router: %1</source>
        <translation>der Router: %1</translation>
    </message>
    <message>
        <source>the cascade: %1</source>
        <translation>die Kaskade: %1</translation>
    </message>
    <message>
        <source>it was stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>the model&apos;s answer had no text</source>
        <translation>die Antwort des Modells enthielt keinen Text</translation>
    </message>
</context>
</TS>
