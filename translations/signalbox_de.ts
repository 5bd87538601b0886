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
    <name>FaultVerdict</name>
    <message numerus="yes">
        <source>%n try(s)</source>
        <translation>
            <numerusform>%n Versuch</numerusform>
            <numerusform>%n Versuchen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 was not asked</source>
        <translation>%1 wurde nicht gefragt</translation>
    </message>
    <message>
        <source>answered at once</source>
        <translation>antwortete sofort</translation>
    </message>
    <message>
        <source>answered at try %1</source>
        <translation>antwortete im %1. Versuch</translation>
    </message>
    <message>
        <source>%1 after %2</source>
        <translation>%1 nach %2</translation>
    </message>
    <message>
        <source>The run asked none of the models that it hits.</source>
        <translation>Der Lauf hat keines der Modelle gefragt, die sie trifft.</translation>
    </message>
    <message>
        <source>; the deadline of %1 came first</source>
        <translation>; die Frist von %1 kam zuvor</translation>
    </message>
    <message>
        <source>%1; expected: %2%3</source>
        <translation>%1; erwartet: %2%3</translation>
    </message>
    <message>
        <source>%1, as expected, but with text that should not be there</source>
        <translation>%1, wie erwartet, aber mit Text, den es nicht geben dürfte</translation>
    </message>
    <message>
        <source>%1, as expected, but the text is lost</source>
        <translation>%1, wie erwartet, aber der Text ist verloren</translation>
    </message>
    <message>
        <source>%1, as expected, but with a cost that the server did not tell</source>
        <translation>%1, wie erwartet, aber mit Kosten, die der Server nicht genannt hat</translation>
    </message>
    <message>
        <source>%1, as expected, but its cost is lost</source>
        <translation>%1, wie erwartet, aber die Kosten sind verloren</translation>
    </message>
    <message>
        <source>%1, as expected</source>
        <translation>%1, wie erwartet</translation>
    </message>
    <message>
        <source>The run did not meet it.</source>
        <translation>Der Lauf ist ihr nicht begegnet.</translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>An error status in place of an answer.</source>
        <translation>Ein Fehlerstatus statt einer Antwort.</translation>
    </message>
    <message>
        <source>Slow, but well.</source>
        <translation>Langsam, aber gesund.</translation>
    </message>
    <message>
        <source>Nothing more comes, and the connection stays open.</source>
        <translation>Es kommt nichts mehr, und die Verbindung bleibt offen.</translation>
    </message>
    <message>
        <source>The connection ends before its time.</source>
        <translation>Die Verbindung endet vor der Zeit.</translation>
    </message>
    <message>
        <source>Status 200, but not the protocol.</source>
        <translation>Status 200, aber nicht das Protokoll.</translation>
    </message>
    <message>
        <source>Events that are broken.</source>
        <translation>Ereignisse, die zerbrochen sind.</translation>
    </message>
    <message>
        <source>The bytes come in awkward pieces.</source>
        <translation>Die Bytes kommen in ungünstigen Stücken.</translation>
    </message>
    <message>
        <source>Lines that end in other ways than LF.</source>
        <translation>Zeilen, die anders als mit LF enden.</translation>
    </message>
    <message>
        <source>What the stream format allows besides data.</source>
        <translation>Was das Stromformat außer Daten erlaubt.</translation>
    </message>
    <message>
        <source>The cost is told badly, or not at all.</source>
        <translation>Die Kosten werden schlecht genannt oder gar nicht.</translation>
    </message>
    <message>
        <source>The content type does not say what comes.</source>
        <translation>Der Inhaltstyp sagt nicht, was kommt.</translation>
    </message>
    <message>
        <source>The headers come a byte at a time.</source>
        <translation>Die Kopfzeilen kommen Byte für Byte.</translation>
    </message>
    <message>
        <source>A header that nobody should keep.</source>
        <translation>Eine Kopfzeile, die niemand behalten sollte.</translation>
    </message>
    <message>
        <source>A body that nobody should keep.</source>
        <translation>Ein Inhalt, den niemand behalten sollte.</translation>
    </message>
    <message>
        <source>A stream without an end.</source>
        <translation>Ein Strom ohne Ende.</translation>
    </message>
    <message>
        <source>The answer is said to be elsewhere.</source>
        <translation>Die Antwort soll anderswo sein.</translation>
    </message>
    <message>
        <source>Compression that nobody asked for.</source>
        <translation>Kompression, um die niemand gebeten hat.</translation>
    </message>
    <message>
        <source>The end is said twice, not at all, or not meant.</source>
        <translation>Das Ende wird zweimal gesagt, gar nicht, oder ist nicht gemeint.</translation>
    </message>
    <message>
        <source>An answer without a word.</source>
        <translation>Eine Antwort ohne ein Wort.</translation>
    </message>
    <message>
        <source>An error inside of a stream that began well.</source>
        <translation>Ein Fehler in einem Strom, der gut begann.</translation>
    </message>
    <message>
        <source>The stream goes on under another id.</source>
        <translation>Der Strom geht unter einer anderen Kennung weiter.</translation>
    </message>
    <message>
        <source>An older HTTP.</source>
        <translation>Ein älteres HTTP.</translation>
    </message>
    <message>
        <source>HTTP chunks that are broken.</source>
        <translation>HTTP-Stücke, die zerbrochen sind.</translation>
    </message>
    <message>
        <source>The connection ends before the request is read.</source>
        <translation>Die Verbindung endet, bevor die Anfrage gelesen ist.</translation>
    </message>
    <message>
        <source>The port is closed for a while.</source>
        <translation>Der Port ist eine Weile geschlossen.</translation>
    </message>
    <message>
        <source>Too many requests, then overloaded, then well</source>
        <translation>Zu viele Anfragen, dann überlastet, dann gesund</translation>
    </message>
    <message>
        <source>Every request is one too many</source>
        <translation>Jede Anfrage ist eine zu viel</translation>
    </message>
    <message>
        <source>Overloaded for good</source>
        <translation>Dauerhaft überlastet</translation>
    </message>
    <message>
        <source>The server gave up waiting once</source>
        <translation>Der Server wartet einmal nicht länger</translation>
    </message>
    <message>
        <source>The request is refused as wrong</source>
        <translation>Die Anfrage wird als falsch abgelehnt</translation>
    </message>
    <message>
        <source>The key is refused</source>
        <translation>Der Schlüssel wird abgelehnt</translation>
    </message>
    <message>
        <source>The model is not there</source>
        <translation>Das Modell gibt es nicht</translation>
    </message>
    <message>
        <source>Come back in a second</source>
        <translation>In einer Sekunde wiederkommen</translation>
    </message>
    <message>
        <source>Come back at a time of day</source>
        <translation>Zu einer Uhrzeit wiederkommen</translation>
    </message>
    <message>
        <source>Come back at a time that is over</source>
        <translation>Zu einer Zeit wiederkommen, die vorbei ist</translation>
    </message>
    <message>
        <source>Come back in ten days</source>
        <translation>In zehn Tagen wiederkommen</translation>
    </message>
    <message>
        <source>Come back in ten years</source>
        <translation>In zehn Jahren wiederkommen</translation>
    </message>
    <message>
        <source>Come back soon, whenever that is</source>
        <translation>Bald wiederkommen, wann immer das ist</translation>
    </message>
    <message>
        <source>Slow in every phase, and well</source>
        <translation>In jeder Phase langsam, und gesund</translation>
    </message>
    <message>
        <source>Accepts the request, and says nothing</source>
        <translation>Nimmt die Anfrage an und sagt nichts</translation>
    </message>
    <message>
        <source>The headers come, and no word after them</source>
        <translation>Die Kopfzeilen kommen, und danach kein Wort</translation>
    </message>
    <message>
        <source>Falls silent in the middle of a sentence</source>
        <translation>Verstummt mitten im Satz</translation>
    </message>
    <message>
        <source>Hangs up before it answers, once</source>
        <translation>Legt einmal auf, bevor er antwortet</translation>
    </message>
    <message>
        <source>The connection is reset before the answer, always</source>
        <translation>Die Verbindung wird immer vor der Antwort zurückgesetzt</translation>
    </message>
    <message>
        <source>Hangs up after the headers, once</source>
        <translation>Legt einmal nach den Kopfzeilen auf</translation>
    </message>
    <message>
        <source>Hangs up in the middle of a sentence</source>
        <translation>Legt mitten im Satz auf</translation>
    </message>
    <message>
        <source>The last event is only half there</source>
        <translation>Das letzte Ereignis ist nur halb da</translation>
    </message>
    <message>
        <source>The first event is broken JSON</source>
        <translation>Das erste Ereignis ist zerbrochenes JSON</translation>
    </message>
    <message>
        <source>An event in the middle is broken JSON</source>
        <translation>Ein Ereignis in der Mitte ist zerbrochenes JSON</translation>
    </message>
    <message>
        <source>JSON lines in place of events</source>
        <translation>JSON-Zeilen statt Ereignissen</translation>
    </message>
    <message>
        <source>Something that is no answer at all</source>
        <translation>Etwas, das gar keine Antwort ist</translation>
    </message>
    <message>
        <source>Every byte comes in a packet of its own</source>
        <translation>Jedes Byte kommt in einem eigenen Paket</translation>
    </message>
    <message>
        <source>Characters are torn between packets</source>
        <translation>Zeichen werden zwischen Paketen zerrissen</translation>
    </message>
    <message>
        <source>Lines end in CR LF</source>
        <translation>Zeilen enden mit CR LF</translation>
    </message>
    <message>
        <source>Lines end in CR alone</source>
        <translation>Zeilen enden mit CR allein</translation>
    </message>
    <message>
        <source>Comments and keep-alives between the events</source>
        <translation>Kommentare und Lebenszeichen zwischen den Ereignissen</translation>
    </message>
    <message>
        <source>Events with names, ids and unheard-of fields</source>
        <translation>Ereignisse mit Namen, Kennungen und unerhörten Feldern</translation>
    </message>
    <message>
        <source>Never says what it cost</source>
        <translation>Sagt nie, was es gekostet hat</translation>
    </message>
    <message>
        <source>Says what it cost, without the sum</source>
        <translation>Sagt, was es gekostet hat, ohne die Summe</translation>
    </message>
    <message>
        <source>Counts up in every event</source>
        <translation>Zählt in jedem Ereignis hoch</translation>
    </message>
    <message>
        <source>A proxy&apos;s error page with status 200</source>
        <translation>Fehlerseite eines Proxys mit Status 200</translation>
    </message>
    <message>
        <source>A sound stream that says it is HTML</source>
        <translation>Ein gesunder Strom, der sich als HTML ausgibt</translation>
    </message>
    <message>
        <source>One JSON object where a stream was asked for</source>
        <translation>Ein JSON-Objekt, wo um einen Strom gebeten wurde</translation>
    </message>
    <message>
        <source>The headers come a byte at a time</source>
        <translation>Die Kopfzeilen kommen Byte für Byte</translation>
    </message>
    <message>
        <source>The headers come so slowly that they never end</source>
        <translation>Die Kopfzeilen kommen so langsam, dass sie nie enden</translation>
    </message>
    <message>
        <source>A header of half a megabyte</source>
        <translation>Eine Kopfzeile von einem halben Megabyte</translation>
    </message>
    <message>
        <source>A gigabyte of words</source>
        <translation>Ein Gigabyte Wörter</translation>
    </message>
    <message>
        <source>One event of a gigabyte</source>
        <translation>Ein Ereignis von einem Gigabyte</translation>
    </message>
    <message>
        <source>A JSON object of a gigabyte</source>
        <translation>Ein JSON-Objekt von einem Gigabyte</translation>
    </message>
    <message>
        <source>A gigabyte of blanks</source>
        <translation>Ein Gigabyte Leerzeichen</translation>
    </message>
    <message>
        <source>A refusal with a gigabyte of reasons</source>
        <translation>Eine Absage mit einem Gigabyte Gründen</translation>
    </message>
    <message>
        <source>Talks without end, as fast as it is heard</source>
        <translation>Redet ohne Ende, so schnell man zuhört</translation>
    </message>
    <message>
        <source>Keeps the connection alive, and says nothing</source>
        <translation>Hält die Verbindung am Leben und sagt nichts</translation>
    </message>
    <message>
        <source>Says that it is elsewhere on the same host</source>
        <translation>Sagt, es sei anderswo auf demselben Rechner</translation>
    </message>
    <message>
        <source>Says that it is on another port, where the key must not go</source>
        <translation>Sagt, es sei an einem anderen Port, wohin der Schlüssel nicht darf</translation>
    </message>
    <message>
        <source>Says that the answer is a file</source>
        <translation>Sagt, die Antwort sei eine Datei</translation>
    </message>
    <message>
        <source>Says that it is where it is</source>
        <translation>Sagt, es sei, wo es ist</translation>
    </message>
    <message>
        <source>Sends a compressed answer that nobody asked for</source>
        <translation>Schickt eine komprimierte Antwort, um die niemand gebeten hat</translation>
    </message>
    <message>
        <source>A compressed answer that cannot be unpacked</source>
        <translation>Eine komprimierte Antwort, die sich nicht entpacken lässt</translation>
    </message>
    <message>
        <source>A megabyte that unpacks to a gigabyte</source>
        <translation>Ein Megabyte, das sich zu einem Gigabyte entpackt</translation>
    </message>
    <message>
        <source>Says twice that it is done</source>
        <translation>Sagt zweimal, dass Schluss ist</translation>
    </message>
    <message>
        <source>Goes on talking after it was done</source>
        <translation>Redet weiter, nachdem Schluss war</translation>
    </message>
    <message>
        <source>Ends without saying that it is done</source>
        <translation>Endet, ohne zu sagen, dass Schluss ist</translation>
    </message>
    <message>
        <source>Status 200, and nothing else</source>
        <translation>Status 200 und sonst nichts</translation>
    </message>
    <message>
        <source>A stream with a role and no word</source>
        <translation>Ein Strom mit einer Rolle und ohne Wort</translation>
    </message>
    <message>
        <source>Finishes without a word</source>
        <translation>Endet ohne ein Wort</translation>
    </message>
    <message>
        <source>An error object inside a 200 stream, once, before the first word</source>
        <translation>Einmal ein Fehlerobjekt in einem 200-Strom, vor dem ersten Wort</translation>
    </message>
    <message>
        <source>An error whose code is a number, for good</source>
        <translation>Dauerhaft ein Fehler, dessen Code eine Zahl ist</translation>
    </message>
    <message>
        <source>An error in the middle of a sentence</source>
        <translation>Ein Fehler mitten im Satz</translation>
    </message>
    <message>
        <source>The chunks change their id in the middle, as some proxies let them: an id proves nothing</source>
        <translation>Die Stücke wechseln mittendrin ihre Kennung, wie manche Proxys es zulassen: eine Kennung beweist nichts</translation>
    </message>
    <message>
        <source>HTTP/1.0: the end of the connection ends the answer</source>
        <translation>HTTP/1.0: das Ende der Verbindung beendet die Antwort</translation>
    </message>
    <message>
        <source>A chunk whose size is no number</source>
        <translation>Ein Stück, dessen Größe keine Zahl ist</translation>
    </message>
    <message>
        <source>Closes when it has seen the headers, once</source>
        <translation>Schließt einmal, sobald es die Kopfzeilen gesehen hat</translation>
    </message>
    <message>
        <source>The port is closed for a while</source>
        <translation>Der Port ist eine Weile geschlossen</translation>
    </message>
    <message>
        <source>The second, fifth and ninth request of ten is overloaded</source>
        <translation>Die zweite, fünfte und neunte von zehn Anfragen trifft Überlast</translation>
    </message>
    <message>
        <source>One request in five is cut in its first words</source>
        <translation>Eine von fünf Anfragen wird in den ersten Worten abgeschnitten</translation>
    </message>
    <message numerus="yes">
        <source>%n try(s)</source>
        <translation>
            <numerusform>%n Versuch</numerusform>
            <numerusform>%n Versuchen</numerusform>
        </translation>
    </message>
    <message>
        <source>part of the answer</source>
        <translation>einem Teil der Antwort</translation>
    </message>
    <message>
        <source>the whole answer</source>
        <translation>der ganzen Antwort</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keiner Antwort</translation>
    </message>
    <message>
        <source>Error statuses</source>
        <translation>Fehlerstatus</translation>
    </message>
    <message>
        <source>Slow or silent</source>
        <translation>Langsam oder stumm</translation>
    </message>
    <message>
        <source>Lost connections</source>
        <translation>Verlorene Verbindungen</translation>
    </message>
    <message>
        <source>Broken answers</source>
        <translation>Zerbrochene Antworten</translation>
    </message>
    <message>
        <source>Odd, but allowed</source>
        <translation>Seltsam, aber erlaubt</translation>
    </message>
    <message>
        <source>Too much</source>
        <translation>Zu viel</translation>
    </message>
    <message>
        <source>Redirected or compressed</source>
        <translation>Umgeleitet oder komprimiert</translation>
    </message>
    <message>
        <source>Costs badly told</source>
        <translation>Kosten schlecht genannt</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Sonstige</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>answers at once</source>
        <translation>antwortet sofort</translation>
    </message>
    <message>
        <source>answers at try %1</source>
        <translation>antwortet im %1. Versuch</translation>
    </message>
    <message>
        <source>%1 after %2</source>
        <extracomment>%1 is a code such as cut, %2 is &quot;1 try&quot; or &quot;3 tries&quot;</extracomment>
        <translation>%1 nach %2</translation>
    </message>
    <message>
        <source>The scenario does not say how a run has to come out of it.</source>
        <translation>Das Szenario sagt nicht, wie ein Lauf daraus hervorgehen muss.</translation>
    </message>
    <message>
        <source>The model answers at the first try.</source>
        <translation>Das Modell antwortet im ersten Versuch.</translation>
    </message>
    <message>
        <source>The model answers at try %1.</source>
        <translation>Das Modell antwortet im %1. Versuch.</translation>
    </message>
    <message>
        <source>The hop ends after %1 with %2 (%3), and with %4.</source>
        <translation>Der Hop endet nach %1 mit %2 (%3) und mit %4.</translation>
    </message>
    <message>
        <source>What it cost is known.</source>
        <translation>Die Kosten sind bekannt.</translation>
    </message>
    <message>
        <source>What it cost stays unknown.</source>
        <translation>Die Kosten bleiben unbekannt.</translation>
    </message>
    <message>
        <source>The same endpoint may be asked again.</source>
        <translation>Derselbe Endpunkt darf noch einmal gefragt werden.</translation>
    </message>
    <message>
        <source>Only another endpoint may be asked.</source>
        <translation>Nur ein anderer Endpunkt darf gefragt werden.</translation>
    </message>
    <message>
        <source>Asking again would not help, here or elsewhere.</source>
        <translation>Noch einmal zu fragen würde nicht helfen, weder hier noch anderswo.</translation>
    </message>
    <message>
        <source>The answer ends before it is whole, and says so.</source>
        <translation>Die Antwort endet, bevor sie vollständig ist, und sagt es.</translation>
    </message>
    <message>
        <source>A filter ends the answer in its midst</source>
        <translation>Ein Filter beendet die Antwort mittendrin</translation>
    </message>
    <message>
        <source>Ends at its longest, in the middle of a sentence</source>
        <translation>Endet bei der Höchstlänge, mitten im Satz</translation>
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
        <translation>wählen</translation>
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
    <message>
        <source>%1 was cancelled after %2: %3. What it cost until then is counted.</source>
        <translation>%1 wurde nach %2 abgebrochen: %3. Was es bis dahin gekostet hat, zählt.</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
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
        <source>Prints the time from start to the first frame, and until the workspace is drawn, then quits.</source>
        <translation>Gibt die Zeit vom Start bis zum ersten Bild und bis zum gezeichneten Arbeitsbereich aus und endet.</translation>
    </message>
</context>
<context>
    <name>signalbox</name>
    <message>
        <source>Cascade</source>
        <translation>Kaskade</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
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
        <source>No tier left</source>
        <translation>Keine Stufe mehr</translation>
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
        <source>passages</source>
        <translation>Passagen</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
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
        <source>Scale, 1 to</source>
        <translation>Skala, 1 bis</translation>
    </message>
    <message>
        <source>What the judge is asked</source>
        <translation>Was der Judge gefragt wird</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>Trigger</translation>
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
        <source>Reason code</source>
        <translation>Reason-Code</translation>
    </message>
    <message>
        <source>Applies to</source>
        <translation>Gilt für</translation>
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
        <source>Latency, p95</source>
        <translation>Latenz, p95</translation>
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
        <source> USD</source>
        <translation> USD</translation>
    </message>
    <message>
        <source>Least quality</source>
        <translation>Mindestqualität</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>Who says so</source>
        <translation>Wer das sagt</translation>
    </message>
    <message>
        <source>Retrieval</source>
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
        <source>Score, at least</source>
        <translation>Wert, mindestens</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
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
        <source>Priority</source>
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
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
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
        <source>Residency</source>
        <translation>Residenz</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Name there</source>
        <translation>Name dort</translation>
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
        <source>who says so</source>
        <translation>wer das sagt</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>Stand</translation>
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
        <source>the policy&apos;s</source>
        <translation>der der Policy</translation>
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
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models behind the endpoints, with what they can and what they cost.</source>
        <translation>Modelle hinter den Endpunkten: was sie können und was sie kosten.</translation>
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
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Deterministic constraints and routes. They run first, in this order.</source>
        <translation>Deterministische Bedingungen und Routen. Sie gelten zuerst, in dieser Reihenfolge.</translation>
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
        <source>Triggers</source>
        <translation>Trigger</translation>
    </message>
    <message>
        <source>Why a cascade escalates. Each has a reason code.</source>
        <translation>Warum eine Kaskade eskaliert. Jeder hat einen Reason-Code.</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
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
        <source>Attachment</source>
        <translation>Anhang</translation>
    </message>
    <message>
        <source>does not matter</source>
        <translation>egal</translation>
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
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Locked: nothing after it overrides</source>
        <translation>Verriegelt: nichts danach setzt sie außer Kraft</translation>
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
        <source>Residencies that are allowed</source>
        <translation>Erlaubte Residenzen</translation>
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
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Otherwise</source>
        <translation>Sonst</translation>
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
        <source>Map: the first row that fits</source>
        <translation>Tabelle: die erste passende Zeile</translation>
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
        <source>The first row that fits decides. Empty fields fit anything.</source>
        <translation>Die erste passende Zeile entscheidet. Leere Felder passen immer.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Difficulty</source>
        <translation>Schwierigkeit</translation>
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
        <source>any, faq.*</source>
        <translation>beliebig, faq.*</translation>
    </message>
    <message>
        <source>Handoff</source>
        <translation>Übergabe</translation>
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
    <message>
        <source>element</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>add a %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>name %1</source>
        <translation>als %1 benennen</translation>
    </message>
    <message>
        <source>make %1 %2</source>
        <translation>%1 zu %2 ändern</translation>
    </message>
    <message>
        <source>OpenAI responses</source>
        <translation>OpenAI Responses</translation>
    </message>
    <message>
        <source>Anthropic messages</source>
        <translation>Anthropic Messages</translation>
    </message>
    <message>
        <source>Gemini</source>
        <translation>Gemini</translation>
    </message>
    <message>
        <source>log-probabilities</source>
        <translation>Log-Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>embeddings</source>
        <translation>Embeddings</translation>
    </message>
    <message>
        <source>by weight</source>
        <translation>nach Gewicht</translation>
    </message>
    <message>
        <source>to the least busy</source>
        <translation>an die am wenigsten belegte Replik</translation>
    </message>
    <message>
        <source>interactive</source>
        <translation>interaktiv</translation>
    </message>
    <message>
        <source>background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>reject it</source>
        <translation>ablehnen</translation>
    </message>
    <message>
        <source>cut it short</source>
        <translation>kürzen</translation>
    </message>
    <message>
        <source>queue it</source>
        <translation>einreihen</translation>
    </message>
    <message>
        <source>for every request</source>
        <translation>bei jeder Anfrage</translation>
    </message>
    <message>
        <source>when the router says so</source>
        <translation>wenn der Router es sagt</translation>
    </message>
    <message>
        <source>semantic: alike</source>
        <translation>semantisch: ähnlich</translation>
    </message>
    <message>
        <source>exact: equal</source>
        <translation>exakt: gleich</translation>
    </message>
    <message>
        <source>model family</source>
        <translation>Modellfamilie</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>cost per request, USD</source>
        <translation>Kosten je Anfrage, USD</translation>
    </message>
    <message>
        <source>cost per resolved task, USD</source>
        <translation>Kosten je gelöster Aufgabe, USD</translation>
    </message>
    <message>
        <source>p95 latency, ms</source>
        <translation>p95-Latenz, ms</translation>
    </message>
    <message>
        <source>share that escalates</source>
        <translation>Anteil, der eskaliert</translation>
    </message>
    <message>
        <source>share that goes to a person</source>
        <translation>Anteil, der an eine Person geht</translation>
    </message>
    <message>
        <source>conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>drafts</source>
        <translation>Entwürfe</translation>
    </message>
    <message>
        <source>reasons</source>
        <translation>Gründe</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>For those who edit the policy; it changes nothing.</source>
        <translation>Für alle, die die Policy bearbeiten; sie ändert nichts.</translation>
    </message>
    <message>
        <source>A new id is taken over wherever the old one is named.</source>
        <translation>Eine neue Id wird überall übernommen, wo die alte genannt ist.</translation>
    </message>
    <message>
        <source>Language version</source>
        <translation>Sprachversion</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>A preset for the weights.</source>
        <translation>Eine Vorgabe für die Gewichte.</translation>
    </message>
    <message>
        <source>not set (cost)</source>
        <translation>nicht gesetzt (Kosten)</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>They add up to 1. Not stated: the priority&apos;s preset.</source>
        <translation>Sie ergeben zusammen 1. Nicht angegeben: die Vorgabe der Priorität.</translation>
    </message>
    <message>
        <source>For every tier that has none of its own.</source>
        <translation>Für alle Stufen ohne eigenen.</translation>
    </message>
    <message>
        <source>What users read</source>
        <translation>Was Nutzer lesen</translation>
    </message>
    <message>
        <source>Budget of a whole request</source>
        <translation>Budget einer ganzen Anfrage</translation>
    </message>
    <message>
        <source>User tiers</source>
        <translation>Nutzerstufen</translation>
    </message>
    <message>
        <source>Free and paid, interactive and background. The first that fits is the request&apos;s.</source>
        <translation>Kostenlos und bezahlt, interaktiv und im Hintergrund. Der erste passende Eintrag gilt für die Anfrage.</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>System prompts that a route can carry along.</source>
        <translation>System-Prompts, die eine Route mitgeben kann.</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>What models may be offered to call.</source>
        <translation>Was Modellen zum Aufruf angeboten werden kann.</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Stickiness</source>
        <translation>Sitzungsbindung</translation>
    </message>
    <message>
        <source>Release gates</source>
        <translation>Release-Gates</translation>
    </message>
    <message>
        <source>What must hold on a dataset before the policy is exported.</source>
        <translation>Was auf einem Datensatz gelten muss, bevor die Policy exportiert wird.</translation>
    </message>
    <message>
        <source>Export mark</source>
        <translation>Exportvermerk</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>judge:RUBRIC, reference, verifier or human</source>
        <translation>judge:RUBRIK, reference, verifier oder human</translation>
    </message>
    <message>
        <source>judge:grounding</source>
        <translation>judge:grounding</translation>
    </message>
    <message>
        <source>https://host/v1; sandbox://local/v1 is the built-in sandbox, whose answers are simulated.</source>
        <translation>https://host/v1; sandbox://local/v1 ist die eingebaute Sandbox, deren Antworten simuliert sind.</translation>
    </message>
    <message>
        <source>https://host/v1</source>
        <translation>https://host/v1</translation>
    </message>
    <message>
        <source>on_prem, or a region such as eu or us</source>
        <translation>on_prem oder eine Region wie eu oder us</translation>
    </message>
    <message>
        <source>on_prem, eu, us</source>
        <translation>on_prem, eu, us</translation>
    </message>
    <message>
        <source>Only where the key is found, never the key itself.</source>
        <translation>Nur wo der Schlüssel zu finden ist, nie der Schlüssel selbst.</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>Variable</translation>
    </message>
    <message>
        <source>Name of an environment variable</source>
        <translation>Name einer Umgebungsvariable</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>Name of an entry of the keychain</source>
        <translation>Name eines Eintrags im Schlüsselbund</translation>
    </message>
    <message>
        <source>What the endpoint calls it</source>
        <translation>Wie der Endpunkt es nennt</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Models of one family sound alike.</source>
        <translation>Modelle einer Familie klingen ähnlich.</translation>
    </message>
    <message>
        <source>The day, as YYYY-MM-DD</source>
        <translation>Der Tag, als JJJJ-MM-TT</translation>
    </message>
    <message>
        <source>2026-11-01</source>
        <translation>2026-11-01</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>For people: “Fast, on our own machines”</source>
        <translation>Für Menschen: „Schnell, auf eigenen Rechnern“</translation>
    </message>
    <message>
        <source>Specialty</source>
        <translation>Fachgebiet</translation>
    </message>
    <message>
        <source>Makes the tier a specialist: “code”, “billing”</source>
        <translation>Macht aus der Stufe einen Spezialisten: „code“, „billing“</translation>
    </message>
    <message>
        <source>Load goes</source>
        <translation>Last geht</translation>
    </message>
    <message>
        <source>Fallback</source>
        <translation>Fallback</translation>
    </message>
    <message>
        <source>Tried in this order when none of its models is available. This is about availability, not quality.</source>
        <translation>In dieser Reihenfolge versucht, wenn keines der Modelle verfügbar ist. Hier geht es um Verfügbarkeit, nicht um Qualität.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>the model&apos;s</source>
        <translation>wie das Modell</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>Erstes Token</translation>
    </message>
    <message>
        <source>Cost per hour</source>
        <translation>Kosten je Stunde</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Insgesamt</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Lane</translation>
    </message>
    <message>
        <source>Over budget</source>
        <translation>Über dem Budget</translation>
    </message>
    <message>
        <source>Queueing is for the background lane.</source>
        <translation>Einreihen gilt nur für die Hintergrund-Lane.</translation>
    </message>
    <message>
        <source>Objectives of this tier</source>
        <translation>Ziele dieser Stufe</translation>
    </message>
    <message>
        <source>Requests that</source>
        <translation>Anfragen, für die gilt</translation>
    </message>
    <message>
        <source>What the model is told</source>
        <translation>Was dem Modell gesagt wird</translation>
    </message>
    <message>
        <source>Arguments, as a JSON Schema</source>
        <translation>Argumente, als JSON-Schema</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>3</source>
        <translation>3</translation>
    </message>
    <message>
        <source>Relative to the best passage, 0 to 1.</source>
        <translation>Relativ zur besten Passage, 0 bis 1.</translation>
    </message>
    <message>
        <source>Similarity, at least</source>
        <translation>Ähnlichkeit, mindestens</translation>
    </message>
    <message>
        <source>Cosine of the two requests</source>
        <translation>Kosinus der beiden Anfragen</translation>
    </message>
    <message>
        <source>0.95</source>
        <translation>0.95</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>Aufbewahrt für</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>one day</source>
        <translation>einen Tag</translation>
    </message>
    <message>
        <source>Embedded by</source>
        <translation>Embeddings von</translation>
    </message>
    <message>
        <source>the built-in embedder</source>
        <translation>der eingebaute Embedder</translation>
    </message>
    <message>
        <source>Metadata that must agree</source>
        <translation>Metadaten, die übereinstimmen müssen</translation>
    </message>
    <message>
        <source>Keys such as account; without them answers are shared by everybody.</source>
        <translation>Schlüssel wie account; ohne sie teilen sich alle die Antworten.</translation>
    </message>
    <message>
        <source>Stays with the</source>
        <translation>Bleibt bei</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>30 minutes</source>
        <translation>30 Minuten</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>The key of the metadata that names the session</source>
        <translation>Der Schlüssel der Metadaten, der die Sitzung benennt</translation>
    </message>
    <message>
        <source>session</source>
        <translation>session</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>no bound</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>The interval&apos;s bound must hold, not the estimate.</source>
        <translation>Die Grenze des Intervalls muss genügen, nicht der Schätzwert.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>support-level-2</source>
        <translation>support-level-2</translation>
    </message>
    <message>
        <source>What the user reads</source>
        <translation>Was der Nutzer liest</translation>
    </message>
    <message>
        <source>The person is given</source>
        <translation>Die Person erhält</translation>
    </message>
    <message>
        <source>While escalating</source>
        <translation>Beim Eskalieren</translation>
    </message>
    <message>
        <source>When an answer starts again</source>
        <translation>Wenn eine Antwort neu beginnt</translation>
    </message>
    <message>
        <source>When a budget refuses</source>
        <translation>Wenn ein Budget ablehnt</translation>
    </message>
    <message>
        <source>What the policy promises.</source>
        <translation>Was die Policy zusagt.</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>Replica</source>
        <translation>Replik</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>User tier</source>
        <translation>Nutzerstufe</translation>
    </message>
    <message>
        <source>Requests that fit have their own budget and objectives.</source>
        <translation>Passende Anfragen haben ihr eigenes Budget und eigene Ziele.</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>A system prompt that a route can carry along.</source>
        <translation>Ein System-Prompt, den eine Route mitgeben kann.</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Tool</translation>
    </message>
    <message>
        <source>Models may call it where a route allows it.</source>
        <translation>Modelle dürfen es aufrufen, wo eine Route es erlaubt.</translation>
    </message>
    <message>
        <source>Passages from the workspace.</source>
        <translation>Passagen aus dem Arbeitsbereich.</translation>
    </message>
    <message>
        <source>Answers that are given again without a model.</source>
        <translation>Antworten, die ohne Modell erneut gegeben werden.</translation>
    </message>
    <message>
        <source>A session stays with what answered it, so that the tone does not jump. Escalation for quality still goes up.</source>
        <translation>Eine Sitzung bleibt bei dem, was ihr geantwortet hat, damit der Ton nicht springt. Eskalation wegen Qualität geht weiterhin nach oben.</translation>
    </message>
    <message>
        <source>Release gate</source>
        <translation>Release-Gate</translation>
    </message>
    <message>
        <source>It must hold on the dataset before the policy is exported.</source>
        <translation>Es muss auf dem Datensatz gelten, bevor die Policy exportiert wird.</translation>
    </message>
    <message>
        <source>What a person who takes over is given.</source>
        <translation>Was eine Person erhält, die übernimmt.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>e-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>phone number</source>
        <translation>Telefonnummer</translation>
    </message>
    <message>
        <source>card number</source>
        <translation>Kartennummer</translation>
    </message>
    <message>
        <source>IBAN</source>
        <translation>IBAN</translation>
    </message>
    <message>
        <source>social security number</source>
        <translation>Sozialversicherungsnummer</translation>
    </message>
    <message>
        <source>IP address</source>
        <translation>IP-Adresse</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>Di</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>Mi</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>Do</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>Fr</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>Sa</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>So</translation>
    </message>
    <message>
        <source>scoring: adds up signals</source>
        <translation>Punktwertung: summiert Signale</translation>
    </message>
    <message>
        <source>fixed: always the same</source>
        <translation>fest: immer dasselbe</translation>
    </message>
    <message>
        <source>rules: what rules say</source>
        <translation>Regeln: was Regeln sagen</translation>
    </message>
    <message>
        <source>classifier: trained on labels</source>
        <translation>Klassifikator: an Labels trainiert</translation>
    </message>
    <message>
        <source>embedding: nearest examples</source>
        <translation>Embedding: nächste Beispiele</translation>
    </message>
    <message>
        <source>predictive: does the weak tier do?</source>
        <translation>prädiktiv: reicht die schwache Stufe?</translation>
    </message>
    <message>
        <source>nearest neighbours</source>
        <translation>nächste Nachbarn</translation>
    </message>
    <message>
        <source>a model is asked</source>
        <translation>ein Modell wird gefragt</translation>
    </message>
    <message>
        <source>bandit: learns as it goes</source>
        <translation>Bandit: lernt im Betrieb</translation>
    </message>
    <message>
        <source>a model chooses a tool</source>
        <translation>ein Modell wählt ein Tool</translation>
    </message>
    <message>
        <source>chain: one after the other</source>
        <translation>Kette: einer nach dem anderen</translation>
    </message>
    <message>
        <source>race: the first good answer</source>
        <translation>Wettlauf: die erste gute Antwort</translation>
    </message>
    <message>
        <source>pool of specialists</source>
        <translation>Pool von Spezialisten</translation>
    </message>
    <message>
        <source>pipeline of stages</source>
        <translation>Pipeline aus Phasen</translation>
    </message>
    <message>
        <source>tool results</source>
        <translation>Tool-Ergebnisse</translation>
    </message>
    <message>
        <source>every answer as it comes</source>
        <translation>jede Antwort, wie sie entsteht</translation>
    </message>
    <message>
        <source>the first that passes</source>
        <translation>die erste, die besteht</translation>
    </message>
    <message>
        <source>the final one</source>
        <translation>die endgültige</translation>
    </message>
    <message>
        <source>rewrite the question</source>
        <translation>die Frage umformulieren</translation>
    </message>
    <message>
        <source>retrieve passages</source>
        <translation>Passagen abrufen</translation>
    </message>
    <message>
        <source>write the answer</source>
        <translation>die Antwort schreiben</translation>
    </message>
    <message>
        <source>verify the answer</source>
        <translation>die Antwort prüfen</translation>
    </message>
    <message>
        <source>a judge&apos;s score</source>
        <translation>Bewertung eines Judge</translation>
    </message>
    <message>
        <source>a JSON schema</source>
        <translation>JSON-Schema</translation>
    </message>
    <message>
        <source>a wrong tool call</source>
        <translation>falscher Tool-Aufruf</translation>
    </message>
    <message>
        <source>the router&apos;s confidence</source>
        <translation>Konfidenz des Routers</translation>
    </message>
    <message>
        <source>poor passages</source>
        <translation>schwache Passagen</translation>
    </message>
    <message>
        <source>words of the user</source>
        <translation>Wörter des Nutzers</translation>
    </message>
    <message>
        <source>too long a request</source>
        <translation>zu lange Anfrage</translation>
    </message>
    <message>
        <source>a deadline</source>
        <translation>Frist</translation>
    </message>
    <message>
        <source>a refusal</source>
        <translation>Verweigerung</translation>
    </message>
    <message>
        <source>the model asks for help</source>
        <translation>das Modell bittet um Hilfe</translation>
    </message>
    <message>
        <source>a verifier</source>
        <translation>Verifier</translation>
    </message>
    <message>
        <source>log-probability</source>
        <translation>Log-Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>stated confidence</source>
        <translation>angegebene Konfidenz</translation>
    </message>
    <message>
        <source>a stall</source>
        <translation>Stillstand</translation>
    </message>
    <message>
        <source>has a pattern</source>
        <translation>enthält ein Muster</translation>
    </message>
    <message>
        <source>has a length</source>
        <translation>hat eine Länge</translation>
    </message>
    <message>
        <source>code parses</source>
        <translation>Code ist parsbar</translation>
    </message>
    <message>
        <source>arithmetic is right</source>
        <translation>Rechnung stimmt</translation>
    </message>
    <message>
        <source>on_prem, eu, us …</source>
        <translation>on_prem, eu, us …</translation>
    </message>
    <message>
        <source>Holds for the rest of the conversation</source>
        <translation>Gilt für den Rest des Gesprächs</translation>
    </message>
    <message>
        <source>policy.reason</source>
        <translation>policy.reason</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Not stated: all that the request brings.</source>
        <translation>Nicht angegeben: alle, die die Anfrage mitbringt.</translation>
    </message>
    <message>
        <source>Input, at least</source>
        <translation>Eingabe, mindestens</translation>
    </message>
    <message>
        <source>Input, at most</source>
        <translation>Eingabe, höchstens</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>ISO 639-1 codes: de, fr</source>
        <translation>ISO-639-1-Codes: de, fr</translation>
    </message>
    <message>
        <source>Personal data</source>
        <translation>Personenbezogene Daten</translation>
    </message>
    <message>
        <source>Headers, as name = value, value</source>
        <translation>Header, als Name = Wert, Wert</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Tageszeit</translation>
    </message>
    <message>
        <source>Brings tools</source>
        <translation>Bringt Tools mit</translation>
    </message>
    <message>
        <source>All of</source>
        <translation>Alle von</translation>
    </message>
    <message>
        <source>Any of</source>
        <translation>Eines von</translation>
    </message>
    <message>
        <source>None of</source>
        <translation>Keines von</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>HH:MM</source>
        <translation>HH:MM</translation>
    </message>
    <message>
        <source>08:00</source>
        <translation>08:00</translation>
    </message>
    <message>
        <source>HH:MM; before “From” it is over midnight</source>
        <translation>HH:MM; vor „Start“ reicht es über Mitternacht</translation>
    </message>
    <message>
        <source>18:00</source>
        <translation>18:00</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>UTC offset</source>
        <translation>UTC-Versatz</translation>
    </message>
    <message>
        <source>+00:00</source>
        <translation>+00:00</translation>
    </message>
    <message>
        <source>When nothing else decides.</source>
        <translation>Wenn nichts anderes entscheidet.</translation>
    </message>
    <message>
        <source>Artefact</source>
        <translation>Artefakt</translation>
    </message>
    <message>
        <source>name@version, or the name for the newest</source>
        <translation>Name@Version, oder der Name für die neueste</translation>
    </message>
    <message>
        <source>intents@3</source>
        <translation>intents@3</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>the built-in ones</source>
        <translation>die eingebaute</translation>
    </message>
    <message>
        <source>May answer</source>
        <translation>Dürfen antworten</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>Wahlmöglichkeiten</translation>
    </message>
    <message>
        <source>Weak tier</source>
        <translation>Schwache Stufe</translation>
    </message>
    <message>
        <source>Strong tier</source>
        <translation>Starke Stufe</translation>
    </message>
    <message>
        <source>Weak from</source>
        <translation>Schwach ab</translation>
    </message>
    <message>
        <source>Probability that the weak tier does, at least</source>
        <translation>Wahrscheinlichkeit, dass die schwache Stufe genügt, mindestens</translation>
    </message>
    <message>
        <source>0.5</source>
        <translation>0.5</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <source>10</source>
        <translation>10</translation>
    </message>
    <message>
        <source>Quality, at least</source>
        <translation>Qualität, mindestens</translation>
    </message>
    <message>
        <source>0.8</source>
        <translation>0.8</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>Exploration</source>
        <translation>Exploration</translation>
    </message>
    <message>
        <source>Probability of trying another one</source>
        <translation>Wahrscheinlichkeit, eine andere zu probieren</translation>
    </message>
    <message>
        <source>0.1</source>
        <translation>0.1</translation>
    </message>
    <message>
        <source>Confidence, at least</source>
        <translation>Konfidenz, mindestens</translation>
    </message>
    <message>
        <source>Below it: otherwise, or the next step</source>
        <translation>Darunter: sonst oder der nächste Schritt</translation>
    </message>
    <message>
        <source>Margin, at least</source>
        <translation>Abstand, mindestens</translation>
    </message>
    <message>
        <source>How far behind the runner-up must be</source>
        <translation>Wie weit der Zweitbeste zurückliegen muss</translation>
    </message>
    <message>
        <source>1</source>
        <translation>1</translation>
    </message>
    <message>
        <source>2</source>
        <translation>2</translation>
    </message>
    <message>
        <source>0</source>
        <translation>0</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>What makes a request harder or easier</source>
        <translation>Was eine Anfrage schwerer oder leichter macht</translation>
    </message>
    <message>
        <source>The one with most keywords in the request is its intent</source>
        <translation>Der Intent mit den meisten Stichwörtern in der Anfrage ist ihrer</translation>
    </message>
    <message>
        <source>Centroids</source>
        <translation>Zentroide</translation>
    </message>
    <message>
        <source>Intents by example; either these or an artefact</source>
        <translation>Intents als Beispiele; entweder diese oder ein Artefakt</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>The first that is confident enough decides</source>
        <translation>Der erste, der sicher genug ist, entscheidet</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>Zählt</translation>
    </message>
    <message>
        <source>One of: a feature, words, patterns</source>
        <translation>Eines davon: ein Merkmal, Wörter, Muster</translation>
    </message>
    <message>
        <source>what is listed below</source>
        <translation>was unten aufgeführt ist</translation>
    </message>
    <message>
        <source>Words or phrases, each counted once</source>
        <translation>Wörter oder Wendungen, jedes einmal gezählt</translation>
    </message>
    <message>
        <source>Patterns (RE2)</source>
        <translation>Muster (RE2)</translation>
    </message>
    <message>
        <source>Per</source>
        <translation>Je</translation>
    </message>
    <message>
        <source>The count is divided by this.</source>
        <translation>Die Anzahl wird hierdurch geteilt.</translation>
    </message>
    <message>
        <source>A higher count adds no more.</source>
        <translation>Eine höhere Anzahl zählt nicht mehr.</translation>
    </message>
    <message>
        <source>no cap</source>
        <translation>keine Obergrenze</translation>
    </message>
    <message>
        <source>Words or phrases</source>
        <translation>Wörter oder Wendungen</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>faq.* stands for every intent that begins so.</source>
        <translation>faq.* steht für jeden Intent, der so beginnt.</translation>
    </message>
    <message>
        <source>Order, cheapest first</source>
        <translation>Reihenfolge, günstigste zuerst</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>Lanes</translation>
    </message>
    <message>
        <source>They start together, or one after the other.</source>
        <translation>Sie starten zusammen oder nacheinander.</translation>
    </message>
    <message>
        <source>Head start of each</source>
        <translation>Vorsprung von jeder</translation>
    </message>
    <message>
        <source>A winner must pass</source>
        <translation>Ein Gewinner muss bestehen</translation>
    </message>
    <message>
        <source>None checked: every trigger that applies.</source>
        <translation>Nichts angehakt: jeder Trigger, der gilt.</translation>
    </message>
    <message>
        <source>Specialists</source>
        <translation>Spezialisten</translation>
    </message>
    <message>
        <source>A specialist that is unsure</source>
        <translation>Ein unsicherer Spezialist</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>Phasen</translation>
    </message>
    <message>
        <source>as many as there are</source>
        <translation>so viele, wie es gibt</translation>
    </message>
    <message>
        <source>The user sees</source>
        <translation>Der Nutzer sieht</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>Sagt</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>the tier&apos;s</source>
        <translation>die der Stufe</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>Below</source>
        <translation>Unter</translation>
    </message>
    <message>
        <source>the rubric&apos;s</source>
        <translation>die der Rubrik</translation>
    </message>
    <message>
        <source>JSON Schema of the answer</source>
        <translation>JSON-Schema der Antwort</translation>
    </message>
    <message>
        <source>Words or phrases of the user</source>
        <translation>Wörter oder Wendungen des Nutzers</translation>
    </message>
    <message>
        <source>nothing in particular</source>
        <translation>nichts Bestimmtes</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Ruft auf</translation>
    </message>
    <message>
        <source>no tool</source>
        <translation>kein Tool</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source> characters</source>
        <translation> Zeichen</translation>
    </message>
    <message>
        <source>Silent for</source>
        <translation>Stumm für</translation>
    </message>
    <message>
        <source>the usual time</source>
        <translation>die übliche Zeit</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Weiter an</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Bedingung</translation>
    </message>
    <message>
        <source>Everything that is stated must hold; in a list any entry is enough.</source>
        <translation>Alles Angegebene muss gelten; in einer Liste genügt ein Eintrag.</translation>
    </message>
    <message>
        <source>Picks a route for what no rule decides.</source>
        <translation>Wählt eine Route für das, was keine Regel entscheidet.</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Signal</translation>
    </message>
    <message>
        <source>Adds weight × count to the score of difficulty.</source>
        <translation>Addiert Gewicht × Anzahl zum Schwierigkeitswert.</translation>
    </message>
    <message>
        <source>Centroid</source>
        <translation>Zentroid</translation>
    </message>
    <message>
        <source>An intent by example.</source>
        <translation>Ein Intent als Beispiele.</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>Option</translation>
    </message>
    <message>
        <source>A tool that stands for a route.</source>
        <translation>Ein Tool, das für eine Route steht.</translation>
    </message>
    <message>
        <source>How an answer is made, and what follows when it is not good enough.</source>
        <translation>Wie eine Antwort entsteht und was folgt, wenn sie nicht gut genug ist.</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>paste %1</source>
        <translation>%1 einfügen</translation>
    </message>
    <message>
        <source>duplicate as %1</source>
        <translation>als %1 duplizieren</translation>
    </message>
    <message>
        <source>An error: the policy cannot be run or exported until it is mended.</source>
        <translation>Ein Fehler: die Policy kann erst ausgeführt oder exportiert werden, wenn er behoben ist.</translation>
    </message>
    <message>
        <source>A warning: the policy runs, but hardly as it was meant.</source>
        <translation>Eine Warnung: die Policy läuft, aber kaum wie gedacht.</translation>
    </message>
    <message>
        <source>A note: worth knowing, nothing has to be done.</source>
        <translation>Ein Hinweis: gut zu wissen, nichts ist zu tun.</translation>
    </message>
    <message>
        <source>The recovery file %1 cannot be written: %2.</source>
        <translation>Die Wiederherstellungsdatei %1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>its folder cannot be made</source>
        <translation>ihr Ordner kann nicht angelegt werden</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>sie ist zu groß</translation>
    </message>
    <message>
        <source>it is no recovery file of this program</source>
        <translation>sie ist keine Wiederherstellungsdatei dieses Programms</translation>
    </message>
    <message>
        <source>it is damaged, or no recovery file</source>
        <translation>sie ist beschädigt oder keine Wiederherstellungsdatei</translation>
    </message>
    <message>
        <source>%1 was left alone: %2.</source>
        <translation>%1 blieb unangetastet: %2.</translation>
    </message>
    <message>
        <source>agreement: two say the same</source>
        <translation>Übereinstimmung: zwei sagen dasselbe</translation>
    </message>
    <message>
        <source>self-consistency: most samples</source>
        <translation>Selbstkonsistenz: die meisten Stichproben</translation>
    </message>
    <message>
        <source>word for word</source>
        <translation>Wort für Wort</translation>
    </message>
    <message>
        <source>the number or short answer</source>
        <translation>Zahl oder kurze Antwort</translation>
    </message>
    <message>
        <source>by a judge, in both orders</source>
        <translation>von einem Judge, in beiden Reihenfolgen</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Stichproben</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Verglichen</translation>
    </message>
    <message>
        <source>Rubric of the comparison</source>
        <translation>Rubrik des Vergleichs</translation>
    </message>
    <message>
        <source>Agrees from</source>
        <translation>Einig ab</translation>
    </message>
    <message>
        <source>Share that must agree</source>
        <translation>Anteil, der übereinstimmen muss</translation>
    </message>
    <message>
        <source>Asked afterwards</source>
        <translation>Danach gefragt</translation>
    </message>
    <message>
        <source>For evidence: nobody waits for it.</source>
        <translation>Für Belege: niemand wartet darauf.</translation>
    </message>
    <message>
        <source>nobody: words alone are searched for</source>
        <translation>niemand: nur nach Wörtern wird gesucht</translation>
    </message>
    <message>
        <source>another begins anew</source>
        <translation>eine andere beginnt von vorn</translation>
    </message>
    <message>
        <source>it stays as it is</source>
        <translation>sie bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>When it breaks off</source>
        <translation>Wenn sie abbricht</translation>
    </message>
    <message>
        <source>The user has read the beginning of the answer.</source>
        <translation>Der Nutzer hat den Anfang der Antwort schon gelesen.</translation>
    </message>
    <message>
        <source>Cache writes</source>
        <translation>In den Cache geschrieben</translation>
    </message>
    <message>
        <source>Input that the provider writes to its cache of prompts, where it charges more for that</source>
        <translation>Eingabe, die der Anbieter in seinen Prompt-Cache schreibt, wo das mehr kostet</translation>
    </message>
    <message>
        <source>is not cut off</source>
        <translation>ist nicht abgeschnitten</translation>
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
    <message>
        <source>An earlier run under this policy did not get to all prompts: runs those that are left</source>
        <translation>Ein früherer Lauf unter dieser Policy kam nicht zu allen Prompts: führt die übrigen aus</translation>
    </message>
    <message numerus="yes">
        <source>Resume the run: %n left</source>
        <extracomment>%n is a number of prompts that are left</extracomment>
        <translation>
            <numerusform>Den Lauf fortsetzen: noch %n</numerusform>
            <numerusform>Den Lauf fortsetzen: noch %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resume all tiers: %n left</source>
        <translation>
            <numerusform>Alle Stufen fortsetzen: noch %n</numerusform>
            <numerusform>Alle Stufen fortsetzen: noch %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::CanvasGuide</name>
    <message>
        <source>What the policy needs next</source>
        <translation>Was die Policy als Nächstes braucht</translation>
    </message>
    <message>
        <source>To begin</source>
        <translation>Zum Einstieg</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>A server that answers. Here, or with the key E on the map.</source>
        <translation>Ein Server, der antwortet. Hier oder auf der Karte mit der Taste E.</translation>
    </message>
    <message>
        <source>Add Endpoint</source>
        <translation>Endpunkt hinzufügen</translation>
    </message>
    <message>
        <source>A model behind the endpoint, with its context window. The key M adds it as well.</source>
        <translation>Ein Modell hinter dem Endpunkt, mit seinem Kontextfenster. Auch mit der Taste M.</translation>
    </message>
    <message>
        <source>Add Model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>A rung of capability and cost, with the model in it. The key T adds it as well.</source>
        <translation>Eine Stufe von Fähigkeit und Kosten, mit dem Modell darin. Auch mit der Taste T.</translation>
    </message>
    <message>
        <source>Add Tier</source>
        <translation>Stufe hinzufügen</translation>
    </message>
    <message>
        <source>Drag from the dot of the router to the tier, or press the button and then the tier.</source>
        <translation>Vom Punkt des Routers zur Stufe ziehen, oder erst den Knopf und dann die Stufe anklicken.</translation>
    </message>
    <message>
        <source>Connect the Router</source>
        <translation>Router verbinden</translation>
    </message>
</context>
<context>
    <name>signalbox::ChangeText</name>
    <message>
        <source>Endpoint %1</source>
        <translation>Endpunkt %1</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>Modell %1</translation>
    </message>
    <message>
        <source>Tier %1</source>
        <translation>Stufe %1</translation>
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
        <source>Rubric %1</source>
        <translation>Rubrik %1</translation>
    </message>
    <message>
        <source>User tier %1</source>
        <translation>Nutzerstufe %1</translation>
    </message>
    <message>
        <source>Prompt template %1</source>
        <translation>Prompt-Vorlage %1</translation>
    </message>
    <message>
        <source>Tool %1</source>
        <translation>Tool %1</translation>
    </message>
    <message>
        <source>Release gate %1</source>
        <translation>Release-Gate %1</translation>
    </message>
    <message>
        <source>Signal %1</source>
        <translation>Signal %1</translation>
    </message>
    <message>
        <source>Intent %1</source>
        <translation>Intent %1</translation>
    </message>
    <message>
        <source>Centroid %1</source>
        <translation>Zentroid %1</translation>
    </message>
    <message>
        <source>Choice %1</source>
        <translation>Option %1</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>Stage %1</source>
        <translation>Phase %1</translation>
    </message>
    <message>
        <source>Map row %1</source>
        <translation>Tabellenzeile %1</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Cascade</source>
        <translation>Kaskade</translation>
    </message>
    <message>
        <source>Objectives</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Retrieval</source>
        <translation>Retrieval</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Stickiness</source>
        <translation>Sitzungsbindung</translation>
    </message>
    <message>
        <source>Handoff</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Texte</translation>
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
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 was added</source>
        <translation>%1 hinzugefügt</translation>
    </message>
    <message>
        <source>%1 is now %2</source>
        <translation>%1 ist jetzt %2</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>%1 entfernt</translation>
    </message>
    <message>
        <source>%1 is no longer %2</source>
        <translation>%1 ist nicht mehr %2</translation>
    </message>
    <message>
        <source>%1 moved</source>
        <translation>%1 verschoben</translation>
    </message>
    <message>
        <source>%1 was rewritten</source>
        <translation>%1 neu geschrieben</translation>
    </message>
    <message>
        <source>%1 %2 → %3</source>
        <translation>%1 %2 → %3</translation>
    </message>
    <message>
        <source>The text as a whole was changed</source>
        <translation>Der Text als Ganzes wurde geändert</translation>
    </message>
    <message>
        <source>the whole text</source>
        <translation>der ganze Text</translation>
    </message>
    <message>
        <source>added %1</source>
        <translation>%1 hinzugefügt</translation>
    </message>
    <message>
        <source>removed %1</source>
        <translation>%1 entfernt</translation>
    </message>
    <message>
        <source>%1 moved from place %2 to place %3</source>
        <translation>%1 von Platz %2 auf Platz %3 verschoben</translation>
    </message>
    <message>
        <source>moved %1</source>
        <translation>%1 verschoben</translation>
    </message>
    <message>
        <source>%1 was replaced</source>
        <translation>%1 ersetzt</translation>
    </message>
    <message>
        <source>replaced %1</source>
        <translation>%1 ersetzt</translation>
    </message>
    <message>
        <source>list</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>%1 gains %2 and loses %3</source>
        <translation>%1: %2 kommt hinzu, %3 entfällt</translation>
    </message>
    <message>
        <source>%1 gains %2</source>
        <translation>%1: %2 kommt hinzu</translation>
    </message>
    <message>
        <source>%1 loses %2</source>
        <translation>%1: %2 entfällt</translation>
    </message>
    <message>
        <source>%1 is in another order: %2</source>
        <translation>%1 in anderer Reihenfolge: %2</translation>
    </message>
    <message>
        <source>added</source>
        <translation>hinzugefügt</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>verschoben</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>First version</source>
        <translation>Erste Version</translation>
    </message>
    <message>
        <source>No change</source>
        <translation>Keine Änderung</translation>
    </message>
    <message>
        <source>Layout only</source>
        <translation>Nur Layout</translation>
    </message>
    <message numerus="yes">
        <source>%n changes: %1 …</source>
        <translation>
            <numerusform>%n Änderung: %1 …</numerusform>
            <numerusform>%n Änderungen: %1 …</numerusform>
        </translation>
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
    <name>signalbox::CompareCell</name>
    <message>
        <source>used</source>
        <translation>verwendet</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>gefragt</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>schreibt</translation>
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
        <source>accepted</source>
        <translation>angenommen</translation>
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
        <source>escalating</source>
        <translation>eskaliert</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>nicht aufgezeichnet</translation>
    </message>
    <message numerus="yes">
        <source>answered after %n escalation(s)</source>
        <translation>
            <numerusform>beantwortet nach %n Eskalation</numerusform>
            <numerusform>beantwortet nach %n Eskalationen</numerusform>
        </translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>to a person</source>
        <translation>an einen Menschen</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>erstes Token</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Answer of %1</source>
        <translation>Antwort von %1</translation>
    </message>
    <message>
        <source>best · %1</source>
        <extracomment>the best figure of several columns: the cheapest, the fastest, the highest quality</extracomment>
        <translation>am besten · %1</translation>
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
        <source>All that this answer caused: model, judges, retries.</source>
        <translation>Alles, was diese Antwort verursacht hat: Modell, Judges, Wiederholungen.</translation>
    </message>
    <message>
        <source>from the cache</source>
        <translation>aus dem Cache</translation>
    </message>
    <message>
        <source>answered; more is asked for evidence</source>
        <translation>beantwortet; es wird noch für Belege gefragt</translation>
    </message>
</context>
<context>
    <name>signalbox::CompareDialog</name>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>The prompt is sent each way that is ticked; the answers appear side by side.</source>
        <translation>Der Prompt geht jeden angekreuzten Weg; die Antworten erscheinen nebeneinander.</translation>
    </message>
    <message>
        <source>The policy as it is &amp;edited now</source>
        <translation>Die Policy, wie sie jetzt &amp;bearbeitet ist</translation>
    </message>
    <message>
        <source>The policy as it is edited now</source>
        <translation>Die Policy, wie sie jetzt bearbeitet ist</translation>
    </message>
    <message>
        <source>Each &amp;tier alone</source>
        <translation>Jede &amp;Stufe allein</translation>
    </message>
    <message>
        <source>Each tier alone</source>
        <translation>Jede Stufe allein</translation>
    </message>
    <message>
        <source>Asks every tier that is not barred, one after the other.</source>
        <translation>Fragt jede Stufe, die nicht gesperrt ist, eine nach der anderen.</translation>
    </message>
    <message>
        <source>Saved &amp;versions</source>
        <translation>Gespeicherte &amp;Versionen</translation>
    </message>
    <message>
        <source>Saved versions to compare</source>
        <translation>Gespeicherte Versionen zum Vergleichen</translation>
    </message>
    <message>
        <source>The workspace has no saved version yet. File › Save Version makes one.</source>
        <translation>Der Arbeitsbereich hat noch keine gespeicherte Version. Datei › Version speichern macht eine.</translation>
    </message>
    <message>
        <source>Ti&amp;mes each</source>
        <translation>Wie oft &amp;je</translation>
    </message>
    <message>
        <source>How many times each</source>
        <translation>Wie oft jeweils</translation>
    </message>
    <message>
        <source>The same request several times shows how much answers vary.</source>
        <translation>Dieselbe Anfrage mehrmals zeigt, wie sehr Antworten schwanken.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Compare nothing</source>
        <translation>Nichts vergleichen</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>Ver&amp;gleichen</translation>
    </message>
    <message>
        <source>Send the prompt each way</source>
        <translation>Den Prompt jeden Weg schicken</translation>
    </message>
    <message>
        <source>%1 v%2</source>
        <translation>%1 v%2</translation>
    </message>
    <message>
        <source>%1 columns are too many; %2 fit</source>
        <translation>%1 Spalten sind zu viele; %2 passen</translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%n Spalte</numerusform>
            <numerusform>%n Spalten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ComparePanel</name>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop the comparison</source>
        <translation>Den Vergleich anhalten</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen…</translation>
    </message>
    <message>
        <source>Choose what to compare</source>
        <translation>Auswählen, was verglichen wird</translation>
    </message>
    <message>
        <source>Back to the Run</source>
        <translation>Zurück zum Lauf</translation>
    </message>
    <message>
        <source>Back to the single run</source>
        <translation>Zurück zum einzelnen Lauf</translation>
    </message>
    <message>
        <source>Answers side by side</source>
        <translation>Antworten nebeneinander</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 alone</source>
        <translation>%1 allein</translation>
    </message>
    <message numerus="yes">
        <source>%n still running</source>
        <translation>
            <numerusform>%n läuft noch</numerusform>
            <numerusform>%n laufen noch</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) side by side</source>
        <translation>
            <numerusform>%n Antwort</numerusform>
            <numerusform>%n Antworten nebeneinander</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ConditionWords</name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>%1–%2 tokens</source>
        <translation>%1–%2 Token</translation>
    </message>
    <message>
        <source>≥ %1 tokens</source>
        <translation>≥ %1 Token</translation>
    </message>
    <message>
        <source>≤ %1 tokens</source>
        <translation>≤ %1 Token</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>attachment</source>
        <translation>Anhang</translation>
    </message>
    <message>
        <source>no attachment</source>
        <translation>kein Anhang</translation>
    </message>
    <message>
        <source>tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>no tools</source>
        <translation>keine Tools</translation>
    </message>
    <message>
        <source>language %1</source>
        <translation>Sprache %1</translation>
    </message>
    <message>
        <source>personal data</source>
        <translation>personenbezogene Daten</translation>
    </message>
    <message>
        <source>personal data: %1</source>
        <translation>personenbezogene Daten: %1</translation>
    </message>
    <message>
        <source>user tier %1</source>
        <translation>Nutzerstufe %1</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>nicht %1</translation>
    </message>
    <message>
        <source>pattern is missing</source>
        <translation>Muster fehlt</translation>
    </message>
    <message>
        <source>wrong length</source>
        <translation>falsche Länge</translation>
    </message>
    <message>
        <source>code does not parse</source>
        <translation>Code nicht parsbar</translation>
    </message>
    <message>
        <source>wrong arithmetic</source>
        <translation>falsch gerechnet</translation>
    </message>
    <message>
        <source>judge</source>
        <translation>Judge</translation>
    </message>
    <message>
        <source>schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>bad tool call</source>
        <translation>falscher Tool-Aufruf</translation>
    </message>
    <message>
        <source>router&apos;s confidence</source>
        <translation>Konfidenz des Routers</translation>
    </message>
    <message>
        <source>best passage</source>
        <translation>beste Passage</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>zu lang</translation>
    </message>
    <message>
        <source>too late</source>
        <translation>zu spät</translation>
    </message>
    <message>
        <source>refuses</source>
        <translation>lehnt ab</translation>
    </message>
    <message>
        <source>says %1</source>
        <translation>sagt %1</translation>
    </message>
    <message>
        <source>asks to escalate</source>
        <translation>bittet um Eskalation</translation>
    </message>
    <message>
        <source>calls %1</source>
        <translation>ruft %1 auf</translation>
    </message>
    <message>
        <source>log-probability</source>
        <translation>Log-Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>stated confidence</source>
        <translation>angegebene Konfidenz</translation>
    </message>
    <message>
        <source>silent for %1</source>
        <translation>stumm für %1</translation>
    </message>
    <message>
        <source>stalls</source>
        <translation>stockt</translation>
    </message>
    <message>
        <source>The judge scores %1 below %2 of %3</source>
        <translation>Der Judge bewertet %1 unter %2 von %3</translation>
    </message>
    <message>
        <source>The answer is not JSON as its schema wants it</source>
        <translation>Die Antwort ist kein JSON, wie ihr Schema es verlangt</translation>
    </message>
    <message>
        <source>A tool call names no known tool, or its arguments are wrong</source>
        <translation>Ein Tool-Aufruf nennt kein bekanntes Tool, oder seine Argumente sind falsch</translation>
    </message>
    <message>
        <source>The router&apos;s confidence is below %1</source>
        <translation>Die Konfidenz des Routers liegt unter %1</translation>
    </message>
    <message>
        <source>The best passage scores below %1</source>
        <translation>Der Wert der besten Passage liegt unter %1</translation>
    </message>
    <message>
        <source>The user&apos;s message has %1</source>
        <translation>Die Nachricht des Nutzers enthält %1</translation>
    </message>
    <message>
        <source>The request is longer than the tier&apos;s budget</source>
        <translation>Die Anfrage ist länger als das Budget der Stufe</translation>
    </message>
    <message>
        <source>The tier&apos;s deadline has passed</source>
        <translation>Die Frist der Stufe ist abgelaufen</translation>
    </message>
    <message>
        <source>The answer declines</source>
        <translation>Die Antwort lehnt ab</translation>
    </message>
    <message>
        <source>The model %1</source>
        <translation>Das Modell %1</translation>
    </message>
    <message>
        <source>A check of the answer fails: %1</source>
        <translation>Eine Prüfung der Antwort scheitert: %1</translation>
    </message>
    <message>
        <source>The answer&apos;s mean log-probability is below %1</source>
        <translation>Die mittlere Log-Wahrscheinlichkeit der Antwort liegt unter %1</translation>
    </message>
    <message>
        <source>The confidence that the answer states is below %1</source>
        <translation>Die Konfidenz, die die Antwort angibt, liegt unter %1</translation>
    </message>
    <message>
        <source>Nothing comes for a while, or the answer repeats itself</source>
        <translation>Eine Weile kommt nichts, oder die Antwort wiederholt sich</translation>
    </message>
    <message>
        <source>Only for: %1</source>
        <translation>Nur für: %1</translation>
    </message>
    <message>
        <source>At most once a request</source>
        <translation>Höchstens einmal je Anfrage</translation>
    </message>
    <message>
        <source>At most %1 times a request</source>
        <translation>Höchstens %1-mal je Anfrage</translation>
    </message>
    <message>
        <source>answer is cut off</source>
        <translation>Antwort ist abgeschnitten</translation>
    </message>
</context>
<context>
    <name>signalbox::ConnectionVerdict</name>
    <message>
        <source>Nothing leads back to the request.</source>
        <translation>Zur Anfrage führt nichts zurück.</translation>
    </message>
    <message>
        <source>Show these tiers first, then connect one of them.</source>
        <translation>Erst diese Stufen einblenden, dann eine davon verbinden.</translation>
    </message>
    <message>
        <source>This tier has no id to be named by. Give it one first.</source>
        <translation>Diese Stufe hat keine Id, die sie benennt. Zuerst eine vergeben.</translation>
    </message>
    <message>
        <source>A request always meets the rules first, then the router. Connect those.</source>
        <translation>Eine Anfrage trifft immer zuerst auf die Regeln, dann auf den Router. Diese verbinden.</translation>
    </message>
    <message>
        <source>A person is the end of the way; nothing comes after.</source>
        <translation>Eine Person ist das Ende des Wegs; danach kommt nichts.</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>eine Person</translation>
    </message>
    <message>
        <source>What no rule decides goes to the router by itself.</source>
        <translation>Was keine Regel entscheidet, geht von selbst an den Router.</translation>
    </message>
    <message>
        <source>A rule leads to a tier or a person.</source>
        <translation>Eine Regel führt zu einer Stufe oder einer Person.</translation>
    </message>
    <message>
        <source>New rule that leads to %1</source>
        <translation>Neue Regel: weiter an %1</translation>
    </message>
    <message>
        <source>The rules come before the router.</source>
        <translation>Die Regeln kommen vor dem Router.</translation>
    </message>
    <message>
        <source>The steps of a chain follow each other by themselves; draw from step to step to change their order.</source>
        <translation>Die Schritte einer Kette folgen von selbst aufeinander; von Schritt zu Schritt ziehen ändert ihre Reihenfolge.</translation>
    </message>
    <message>
        <source>A router leads to a tier or a person.</source>
        <translation>Ein Router führt zu einer Stufe oder einer Person.</translation>
    </message>
    <message>
        <source>New map row that leads to %1</source>
        <translation>Neue Tabellenzeile: weiter an %1</translation>
    </message>
    <message>
        <source>%1 as the weak tier</source>
        <translation>%1 als schwache Stufe</translation>
    </message>
    <message>
        <source>%1 as the strong tier</source>
        <translation>%1 als starke Stufe</translation>
    </message>
    <message>
        <source>%1 as a candidate</source>
        <translation>%1 als Kandidat</translation>
    </message>
    <message>
        <source>%1 as an answer that the model may give</source>
        <translation>%1 als Antwort, die das Modell geben darf</translation>
    </message>
    <message>
        <source>New choice that leads to %1</source>
        <translation>Neue Option: weiter an %1</translation>
    </message>
    <message>
        <source>Always %1</source>
        <translation>Immer %1</translation>
    </message>
    <message>
        <source>Otherwise %1</source>
        <translation>Sonst %1</translation>
    </message>
    <message>
        <source>The router leads to %1 already in every way that it can.</source>
        <translation>Der Router führt schon auf jede mögliche Weise an %1.</translation>
    </message>
    <message>
        <source>This step is not there any more.</source>
        <translation>Diesen Schritt gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>A step cannot come after itself.</source>
        <translation>Ein Schritt kann nicht nach sich selbst kommen.</translation>
    </message>
    <message>
        <source>This step comes right after it already.</source>
        <translation>Dieser Schritt kommt schon direkt danach.</translation>
    </message>
    <message>
        <source>Step %1 right after %2</source>
        <translation>Schritt %1 direkt nach %2</translation>
    </message>
    <message>
        <source>A pattern holds tiers.</source>
        <translation>Ein Muster enthält Stufen.</translation>
    </message>
    <message>
        <source>A direct cascade has no members; the router&apos;s choice answers.</source>
        <translation>Eine direkte Kaskade hat keine Mitglieder; die Wahl des Routers antwortet.</translation>
    </message>
    <message>
        <source>A person follows already when nothing is left.</source>
        <translation>Eine Person folgt schon, wenn nichts mehr übrig ist.</translation>
    </message>
    <message>
        <source>A person when no tier is left</source>
        <translation>Eine Person, wenn keine Stufe mehr übrig ist</translation>
    </message>
    <message>
        <source>Connect one tier with another to say which comes after which.</source>
        <translation>Eine Stufe mit einer anderen verbinden, um zu sagen, welche nach welcher kommt.</translation>
    </message>
    <message>
        <source>Only tiers run in a race.</source>
        <translation>Nur Stufen laufen in einem Wettlauf.</translation>
    </message>
    <message>
        <source>%1 is a lane of the race already.</source>
        <translation>%1 ist schon eine Lane des Wettlaufs.</translation>
    </message>
    <message>
        <source>%1 as a lane of the race</source>
        <translation>%1 als Lane des Wettlaufs</translation>
    </message>
    <message>
        <source>%1 into the pool</source>
        <translation>%1 in den Pool</translation>
    </message>
    <message>
        <source>To %1 when a specialist is not sure</source>
        <translation>An %1, wenn ein Spezialist unsicher ist</translation>
    </message>
    <message>
        <source>%1 is in the pool already.</source>
        <translation>%1 ist schon im Pool.</translation>
    </message>
    <message>
        <source>Only tiers do the work of a stage.</source>
        <translation>Nur Stufen erledigen die Arbeit einer Phase.</translation>
    </message>
    <message>
        <source>New stage by %1</source>
        <translation>Neue Phase durch %1</translation>
    </message>
    <message>
        <source>A stage cannot come after itself.</source>
        <translation>Eine Phase kann nicht nach sich selbst kommen.</translation>
    </message>
    <message>
        <source>This stage comes right after it already.</source>
        <translation>Diese Phase kommt schon direkt danach.</translation>
    </message>
    <message>
        <source>Stage %1 right after %2</source>
        <translation>Phase %1 direkt nach %2</translation>
    </message>
    <message>
        <source>A stage&apos;s work is done by a tier.</source>
        <translation>Die Arbeit einer Phase erledigt eine Stufe.</translation>
    </message>
    <message>
        <source>This stage is not there any more.</source>
        <translation>Diese Phase gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>A stage that retrieves asks no model, so it has no tier.</source>
        <translation>Eine Phase, die nachschlägt, befragt kein Modell und hat daher keine Stufe.</translation>
    </message>
    <message>
        <source>%1 does this stage&apos;s work already.</source>
        <translation>%1 erledigt die Arbeit dieser Phase schon.</translation>
    </message>
    <message>
        <source>%1 does the work of stage %2</source>
        <translation>%1 erledigt die Arbeit von Phase %2</translation>
    </message>
    <message>
        <source>Rules and router decide before a tier is called; draw from them.</source>
        <translation>Regeln und Router entscheiden, bevor eine Stufe befragt wird; von ihnen aus ziehen.</translation>
    </message>
    <message>
        <source>A tier leads to another tier or to a person.</source>
        <translation>Eine Stufe führt zu einer anderen Stufe oder zu einer Person.</translation>
    </message>
    <message>
        <source> (makes the cascade a waterfall)</source>
        <translation> (macht die Kaskade zum Wasserfall)</translation>
    </message>
    <message>
        <source>New trigger: from %1 to a person</source>
        <translation>Neuer Trigger: von %1 an eine Person</translation>
    </message>
    <message>
        <source>A tier does not lead to itself.</source>
        <translation>Eine Stufe führt nicht zu sich selbst.</translation>
    </message>
    <message>
        <source>New trigger: escalate from %1 to %2 for quality</source>
        <translation>Neuer Trigger: wegen Qualität von %1 an %2 eskalieren</translation>
    </message>
    <message>
        <source>Order: %1 right after %2</source>
        <translation>Reihenfolge: %1 direkt nach %2</translation>
    </message>
    <message>
        <source>Fallback: %1 when %2 is not available</source>
        <translation>Fallback: %1, wenn %2 nicht verfügbar ist</translation>
    </message>
    <message>
        <source>Only a tier can stand here, not a person.</source>
        <translation>Hier kann nur eine Stufe stehen, keine Person.</translation>
    </message>
    <message>
        <source>This leads to a tier or a person.</source>
        <translation>Das führt zu einer Stufe oder einer Person.</translation>
    </message>
    <message>
        <source>%1 leads to %2</source>
        <translation>%1 führt zu %2</translation>
    </message>
    <message>
        <source> — or </source>
        <translation> — oder </translation>
    </message>
    <message>
        <source>Only tiers can agree.</source>
        <translation>Nur Stufen können übereinstimmen.</translation>
    </message>
    <message>
        <source>%1 is asked already.</source>
        <translation>%1 wird schon gefragt.</translation>
    </message>
    <message>
        <source>%1 as one that must agree</source>
        <translation>%1 als eine, die übereinstimmen muss</translation>
    </message>
    <message>
        <source>The tier that the router chose is asked several times.</source>
        <translation>Die vom Router gewählte Stufe wird mehrmals gefragt.</translation>
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
    <message>
        <source>cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>%1 from the cache</source>
        <translation>%1 aus dem Cache</translation>
    </message>
    <message>
        <source>%1 of them were answered from the cache; without those a request costs %2, p95 is %3 and the judge quality %4.</source>
        <translation>%1 davon wurden aus dem Cache beantwortet; ohne diese kostet eine Anfrage %2, p95 ist %3 und die Judge-Qualität %4.</translation>
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
    <message>
        <source>Was this the right tier?</source>
        <translation>War das die richtige Stufe?</translation>
    </message>
    <message>
        <source>1 good fit</source>
        <translation>1 passend</translation>
    </message>
    <message>
        <source>The tier was right for the request (1)</source>
        <translation>Die Stufe war richtig für die Anfrage (1)</translation>
    </message>
    <message>
        <source>2 underpowered</source>
        <translation>2 zu schwach</translation>
    </message>
    <message>
        <source>It should have been a stronger tier (2)</source>
        <translation>Es hätte eine stärkere Stufe sein sollen (2)</translation>
    </message>
    <message>
        <source>3 overprovisioned</source>
        <translation>3 zu stark</translation>
    </message>
    <message>
        <source>A cheaper tier would have done (3)</source>
        <translation>Eine billigere Stufe hätte genügt (3)</translation>
    </message>
    <message>
        <source>4 failed</source>
        <translation>4 gescheitert</translation>
    </message>
    <message>
        <source>No tier did it (4)</source>
        <translation>Keine Stufe hat es geschafft (4)</translation>
    </message>
    <message>
        <source>Copy as cURL</source>
        <translation>Als cURL kopieren</translation>
    </message>
    <message>
        <source>Copy the last hop&apos;s request as a cURL command</source>
        <translation>Die Anfrage des letzten Hops als cURL-Befehl kopieren</translation>
    </message>
    <message>
        <source>The request of the last hop as a shell command, with $KEY in the key&apos;s place</source>
        <translation>Die Anfrage des letzten Hops als Shell-Befehl, mit $KEY anstelle des Schlüssels</translation>
    </message>
    <message>
        <source>Inspect…</source>
        <translation>Ansehen…</translation>
    </message>
    <message>
        <source>Inspect requests and responses</source>
        <translation>Anfragen und Antworten ansehen</translation>
    </message>
    <message>
        <source>Shows what each hop asked and what came back (Ctrl+I)</source>
        <translation>Zeigt, was jeder Hop gefragt hat und was zurückkam (Strg+I)</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Replay the request</source>
        <translation>Die Anfrage wiederholen</translation>
    </message>
    <message>
        <source>Sends the same request again, beside what was recorded</source>
        <translation>Schickt dieselbe Anfrage noch einmal, neben dem, was aufgezeichnet ist</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on with the conversation</source>
        <translation>Das Gespräch fortsetzen</translation>
    </message>
    <message>
        <source>The question and its answer become earlier turns of the next prompt</source>
        <translation>Frage und Antwort werden zu früheren Beiträgen des nächsten Prompts</translation>
    </message>
    <message>
        <source>Under &amp;Today&apos;s Policy</source>
        <translation>Unter der &amp;heutigen Policy</translation>
    </message>
    <message>
        <source>On %1</source>
        <translation>Auf %1</translation>
    </message>
</context>
<context>
    <name>signalbox::DiffMap</name>
    <message>
        <source>+ added</source>
        <translation>+ hinzugefügt</translation>
    </message>
    <message>
        <source>− removed</source>
        <translation>− entfernt</translation>
    </message>
    <message>
        <source>~ changed</source>
        <translation>~ geändert</translation>
    </message>
    <message>
        <source>Map of the differences</source>
        <translation>Karte der Unterschiede</translation>
    </message>
</context>
<context>
    <name>signalbox::ExportPolicy</name>
    <message>
        <source>Export Policy</source>
        <translation>Policy exportieren</translation>
    </message>
    <message>
        <source>Policies (*.json);;All files (*)</source>
        <translation>Policies (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The policy has errors. A file that is exported all the same carries a mark that says so.</source>
        <translation>Die Policy hat Fehler. Eine dennoch exportierte Datei trägt einen Vermerk, der das sagt.</translation>
    </message>
    <message>
        <source>A release gate of the policy has no evidence in this workspace. A file that is exported all the same carries a mark that says so.</source>
        <translation>Für ein Release-Gate der Policy gibt es in diesem Arbeitsbereich keinen Beleg. Eine dennoch exportierte Datei trägt einen Vermerk, der das sagt.</translation>
    </message>
    <message>
        <source>Export Marked</source>
        <translation>Mit Vermerk exportieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportiert nach %1</translation>
    </message>
</context>
<context>
    <name>signalbox::FaultLab</name>
    <message>
        <source>Fault Lab</source>
        <translation>Störungslabor</translation>
    </message>
    <message>
        <source>Ask Again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>Ask the sandbox again</source>
        <translation>Die Sandbox noch einmal fragen</translation>
    </message>
    <message>
        <source>Search the faults</source>
        <translation>Störungen suchen</translation>
    </message>
    <message>
        <source>Search: 429, gzip, cut, provider.garbage …</source>
        <translation>Suchen: 429, gzip, cut, provider.garbage …</translation>
    </message>
    <message>
        <source>Only what &amp;is on</source>
        <translation>Nur was &amp;an ist</translation>
    </message>
    <message>
        <source>Only what is on</source>
        <translation>Nur was an ist</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>No fault is called that.</source>
        <translation>Keine Störung heißt so.</translation>
    </message>
    <message>
        <source>Switch &amp;All Off</source>
        <translation>Alle aus&amp;schalten</translation>
    </message>
    <message>
        <source>Switch all faults off</source>
        <translation>Alle Störungen ausschalten</translation>
    </message>
    <message>
        <source>How a run must come out of it</source>
        <translation>Wie ein Lauf daraus hervorgehen muss</translation>
    </message>
    <message>
        <source>In the last run</source>
        <translation>Im letzten Lauf</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>Schalten</translation>
    </message>
    <message>
        <source>&amp;Whom it hits</source>
        <translation>&amp;Wen sie trifft</translation>
    </message>
    <message>
        <source>Whom the fault hits</source>
        <translation>Wen die Störung trifft</translation>
    </message>
    <message>
        <source>How &amp;long</source>
        <translation>Wie &amp;lange</translation>
    </message>
    <message>
        <source>How long the fault stays on</source>
        <translation>Wie lange die Störung anbleibt</translation>
    </message>
    <message>
        <source>until it is switched off</source>
        <translation>bis sie ausgeschaltet wird</translation>
    </message>
    <message>
        <source>for the next requests</source>
        <translation>für die nächsten Anfragen</translation>
    </message>
    <message>
        <source>Number of requests</source>
        <translation>Anzahl der Anfragen</translation>
    </message>
    <message>
        <source>Switch &amp;On</source>
        <translation>&amp;Einschalten</translation>
    </message>
    <message>
        <source>No sandbox runs</source>
        <translation>Es läuft keine Sandbox</translation>
    </message>
    <message>
        <source>Faults are played by the sandbox. This policy&apos;s endpoints are real ones, which are left alone; give one the address sandbox://local, or open the sample workspace.</source>
        <translation>Störungen spielt die Sandbox. Die Endpunkte dieser Policy sind echte, und die bleiben in Ruhe; geben Sie einem die Adresse sandbox://local, oder öffnen Sie den Beispiel-Arbeitsbereich.</translation>
    </message>
    <message>
        <source>The sandbox is being asked</source>
        <translation>Die Sandbox wird gefragt</translation>
    </message>
    <message>
        <source>Its faults appear here in a moment.</source>
        <translation>Ihre Störungen erscheinen gleich hier.</translation>
    </message>
    <message>
        <source>No sandbox answers</source>
        <translation>Keine Sandbox antwortet</translation>
    </message>
    <message>
        <source>A sandbox without faults</source>
        <translation>Eine Sandbox ohne Störungen</translation>
    </message>
    <message>
        <source>Its scenario names none. Start it with resources/scenarios/fault-lab.json.</source>
        <translation>Ihr Szenario nennt keine. Starten Sie sie mit resources/scenarios/fault-lab.json.</translation>
    </message>
    <message>
        <source>none is on</source>
        <translation>keine ist an</translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s) on</source>
        <translation>
            <numerusform>%n Störung an</numerusform>
            <numerusform>%n Störungen an</numerusform>
        </translation>
    </message>
    <message>
        <source>Select a fault</source>
        <translation>Wählen Sie eine Störung</translation>
    </message>
    <message>
        <source>It was not on.</source>
        <translation>Sie war nicht an.</translation>
    </message>
    <message>
        <source>It hits every model, and goes off after a moment.</source>
        <translation>Sie trifft jedes Modell und geht nach einem Augenblick aus.</translation>
    </message>
    <message>
        <source>It ends connections before anybody knows which model is asked: it hits every one.</source>
        <translation>Sie beendet Verbindungen, bevor jemand weiß, welches Modell gefragt ist: sie trifft jedes.</translation>
    </message>
    <message>
        <source>Switch &amp;Off</source>
        <translation>A&amp;usschalten</translation>
    </message>
    <message>
        <source>Switch the fault off</source>
        <translation>Die Störung ausschalten</translation>
    </message>
    <message>
        <source>Switch the fault on</source>
        <translation>Die Störung einschalten</translation>
    </message>
    <message>
        <source>It is on for every model.</source>
        <translation>Sie ist für jedes Modell an.</translation>
    </message>
    <message>
        <source>It is on for %1.</source>
        <translation>Sie ist für %1 an.</translation>
    </message>
    <message numerus="yes">
        <source>It goes off after %n more request(s).</source>
        <translation>
            <numerusform>Sie geht nach %n weiteren Anfrage aus.</numerusform>
            <numerusform>Sie geht nach %n weiteren Anfragen aus.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It has hit %n request(s).</source>
        <translation>
            <numerusform>Sie hat %n Anfrage getroffen.</numerusform>
            <numerusform>Sie hat %n Anfragen getroffen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::FaultStrip</name>
    <message>
        <source>Faults</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>+ add a fault</source>
        <translation>+ Störung hinzufügen</translation>
    </message>
    <message>
        <source>Open the fault lab</source>
        <translation>Das Störungslabor öffnen</translation>
    </message>
    <message>
        <source>All off</source>
        <translation>Alle aus</translation>
    </message>
    <message>
        <source>Switch all faults off</source>
        <translation>Alle Störungen ausschalten</translation>
    </message>
    <message>
        <source>The policy has no sandbox that could play any.</source>
        <translation>Die Policy hat keine Sandbox, die welche spielen könnte.</translation>
    </message>
    <message>
        <source>No sandbox answers.</source>
        <translation>Keine Sandbox antwortet.</translation>
    </message>
    <message>
        <source>None is on.</source>
        <translation>Keine ist an.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 left ×</source>
        <translation>noch %1 ×</translation>
    </message>
    <message>
        <source>on ×</source>
        <translation>an ×</translation>
    </message>
    <message>
        <source>Switch off: %1</source>
        <translation>Ausschalten: %1</translation>
    </message>
    <message>
        <source>Switch it off</source>
        <translation>Ausschalten</translation>
    </message>
</context>
<context>
    <name>signalbox::FaultsModel</name>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>%1 left</source>
        <extracomment>%1 is a number of requests after which a fault goes off by itself</extracomment>
        <translation>noch %1</translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n Treffer</numerusform>
            <numerusform>%n Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 on</source>
        <translation>%1 an</translation>
    </message>
    <message>
        <source>fault</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>must end as</source>
        <translation>muss enden als</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>in the last run</source>
        <translation>im letzten Lauf</translation>
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
    <name>signalbox::GraphEdits</name>
    <message>
        <source>fall back from %1 to %2</source>
        <translation>von %1 auf %2 ausweichen</translation>
    </message>
    <message>
        <source>hand over to a person at the end</source>
        <translation>am Ende an eine Person übergeben</translation>
    </message>
    <message>
        <source>add rule %1</source>
        <translation>Regel %1 hinzufügen</translation>
    </message>
    <message>
        <source>add a map row to %1</source>
        <translation>Tabellenzeile zu %1 hinzufügen</translation>
    </message>
    <message>
        <source>make %1 the weak tier</source>
        <translation>%1 zur schwachen Stufe machen</translation>
    </message>
    <message>
        <source>make %1 the strong tier</source>
        <translation>%1 zur starken Stufe machen</translation>
    </message>
    <message>
        <source>add candidate %1</source>
        <translation>Kandidat %1 hinzufügen</translation>
    </message>
    <message>
        <source>allow %1</source>
        <translation>%1 erlauben</translation>
    </message>
    <message>
        <source>When %1 fits best</source>
        <translation>Wenn %1 am besten passt</translation>
    </message>
    <message>
        <source>add choice %1</source>
        <translation>Option %1 hinzufügen</translation>
    </message>
    <message>
        <source>otherwise %1</source>
        <translation>sonst %1</translation>
    </message>
    <message>
        <source>add trigger %1</source>
        <translation>Trigger %1 hinzufügen</translation>
    </message>
    <message>
        <source>order %1 after %2</source>
        <translation>%1 hinter %2 einordnen</translation>
    </message>
    <message>
        <source>add lane %1</source>
        <translation>Lane %1 hinzufügen</translation>
    </message>
    <message>
        <source>add %1 to the pool</source>
        <translation>%1 zum Pool hinzufügen</translation>
    </message>
    <message>
        <source>go to %1 when not sure</source>
        <translation>bei Unsicherheit weiter an %1</translation>
    </message>
    <message>
        <source>add stage %1</source>
        <translation>Phase %1 hinzufügen</translation>
    </message>
    <message>
        <source>let %1 do stage %2</source>
        <translation>Phase %2 durch %1 erledigen lassen</translation>
    </message>
    <message>
        <source>move a stage</source>
        <translation>Phase verschieben</translation>
    </message>
    <message>
        <source>move a step</source>
        <translation>Schritt verschieben</translation>
    </message>
    <message>
        <source>lead %1 to %2</source>
        <translation>%1 zu %2 führen</translation>
    </message>
    <message>
        <source>disconnect %1 from %2</source>
        <translation>%1 von %2 trennen</translation>
    </message>
    <message>
        <source>take %1 out of the order</source>
        <translation>%1 aus der Reihenfolge nehmen</translation>
    </message>
    <message>
        <source>disconnect %1</source>
        <translation>%1 trennen</translation>
    </message>
    <message>
        <source>It stands there already.</source>
        <translation>Es steht schon dort.</translation>
    </message>
    <message>
        <source>It can only be moved among its like.</source>
        <translation>Es lässt sich nur unter seinesgleichen verschieben.</translation>
    </message>
    <message>
        <source>%1 last</source>
        <translation>%1 zuletzt</translation>
    </message>
    <message>
        <source>%1 before %2</source>
        <translation>%1 vor %2</translation>
    </message>
    <message>
        <source>move stage %1</source>
        <translation>Phase %1 verschieben</translation>
    </message>
    <message>
        <source>move %1 to the end</source>
        <translation>%1 ans Ende verschieben</translation>
    </message>
    <message>
        <source>move %1 before %2</source>
        <translation>%1 vor %2 verschieben</translation>
    </message>
    <message>
        <source>Only rules, tiers and stages stand in an order.</source>
        <translation>Nur Regeln, Stufen und Phasen stehen in einer Reihenfolge.</translation>
    </message>
</context>
<context>
    <name>signalbox::HelpLibrary</name>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Policy language</source>
        <translation>Policy-Sprache</translation>
    </message>
    <message>
        <source>Introduction</source>
        <translation>Einführung</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnosen</translation>
    </message>
</context>
<context>
    <name>signalbox::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Contents at the left, the page at the right</source>
        <translation>Links der Inhalt, rechts die Seite</translation>
    </message>
    <message>
        <source>Contents of the help</source>
        <translation>Inhalt der Hilfe</translation>
    </message>
    <message>
        <source>Page of the help</source>
        <translation>Seite der Hilfe</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>Zurück (Alt+Links)</translation>
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation>Vorwärts (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>Die Hilfe durchsuchen</translation>
    </message>
    <message>
        <source>Search, or a code such as SB1003</source>
        <translation>Suchbegriff oder ein Code wie SB1003</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>%1 – Help</source>
        <translation>%1 – Hilfe</translation>
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
    <message>
        <source>used</source>
        <translation>verwendet</translation>
    </message>
    <message>
        <source>What this hop cost with its judges and retries, and how long it took.</source>
        <translation>Was dieser Hop mit seinen Judges und Wiederholungen gekostet hat, und wie lange er gedauert hat.</translation>
    </message>
    <message>
        <source>Inspect…</source>
        <translation>Ansehen…</translation>
    </message>
    <message>
        <source>Shows what was asked and what came back</source>
        <translation>Zeigt, was gefragt wurde und was zurückkam</translation>
    </message>
    <message>
        <source>Inspect hop %1</source>
        <translation>Hop %1 ansehen</translation>
    </message>
    <message>
        <source>cancelled, another was faster</source>
        <translation>abgebrochen, ein anderer war schneller</translation>
    </message>
    <message>
        <source>cost %1 · %2</source>
        <translation>Kosten %1 · %2</translation>
    </message>
</context>
<context>
    <name>signalbox::HopInspector</name>
    <message>
        <source>Request and Response</source>
        <translation>Anfrage und Antwort</translation>
    </message>
    <message>
        <source>&amp;Hop</source>
        <translation>&amp;Hop</translation>
    </message>
    <message>
        <source>Hop</source>
        <translation>Hop</translation>
    </message>
    <message>
        <source>Address that was asked</source>
        <translation>Adresse, die gefragt wurde</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>&amp;Request</source>
        <translation>&amp;Anfrage</translation>
    </message>
    <message>
        <source>R&amp;esponse</source>
        <translation>An&amp;twort</translation>
    </message>
    <message>
        <source>The request is made again from the trace and its policy; the key is masked, and never read for it.</source>
        <translation>Die Anfrage ist aus dem Trace und seiner Policy neu gebildet; der Schlüssel ist verdeckt und wird dafür nie gelesen.</translation>
    </message>
    <message>
        <source>&amp;Copy as cURL</source>
        <translation>Als &amp;cURL kopieren</translation>
    </message>
    <message>
        <source>Copy the request as a cURL command</source>
        <translation>Die Anfrage als cURL-Befehl kopieren</translation>
    </message>
    <message>
        <source>As a shell command, with $KEY in the key&apos;s place</source>
        <translation>Als Shell-Befehl, mit $KEY anstelle des Schlüssels</translation>
    </message>
    <message>
        <source>Copy &amp;Body</source>
        <translation>&amp;Inhalt kopieren</translation>
    </message>
    <message>
        <source>Copy the body of the request</source>
        <translation>Den Inhalt der Anfrage kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the inspector</source>
        <translation>Die Ansicht schließen</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>It cannot be made again: %1</source>
        <translation>Sie lässt sich nicht neu bilden: %1</translation>
    </message>
    <message>
        <source>Try %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>%1, try %2</source>
        <translation>%1, Versuch %2</translation>
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
        <source>connected after %1</source>
        <translation>verbunden nach %1</translation>
    </message>
    <message>
        <source>first token after %1</source>
        <translation>erstes Token nach %1</translation>
    </message>
    <message>
        <source>ended after %1</source>
        <translation>beendet nach %1</translation>
    </message>
    <message>
        <source>Charge: %1, %2, %3</source>
        <translation>Kosten: %1, %2, %3</translation>
    </message>
    <message>
        <source>No text came.</source>
        <translation>Es kam kein Text.</translation>
    </message>
    <message>
        <source>No model was called in this run.</source>
        <translation>In diesem Lauf wurde kein Modell gerufen.</translation>
    </message>
    <message>
        <source>The body was copied.</source>
        <translation>Der Inhalt wurde kopiert.</translation>
    </message>
    <message>
        <source>The request was copied as cURL; $KEY stands for the key.</source>
        <translation>Die Anfrage wurde als cURL kopiert; $KEY steht für den Schlüssel.</translation>
    </message>
    <message>
        <source>Tokens: %1 in, %2 cached, %3 written to the cache, %4 out, %5 reasoning</source>
        <translation>Tokens: %1 ein, %2 aus dem Cache, %3 in den Cache geschrieben, %4 aus, %5 Denken</translation>
    </message>
    <message>
        <source>Ended: %1</source>
        <translation>Beendet: %1</translation>
    </message>
    <message>
        <source>Calls %1(%2)</source>
        <translation>Ruft %1(%2) auf</translation>
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
    <message>
        <source>used</source>
        <translation>verwendet</translation>
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
        <source>a person</source>
        <translation>eine Person</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>not (%1)</source>
        <translation>nicht (%1)</translation>
    </message>
    <message>
        <source>no %1</source>
        <translation>nicht %1</translation>
    </message>
    <message>
        <source>%1 or %2 more</source>
        <translation>%1 oder %2 weitere</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n Wort</numerusform>
            <numerusform>%n Wörter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n Beispiel</numerusform>
            <numerusform>%n Beispiele</numerusform>
        </translation>
    </message>
    <message>
        <source>difficulty %1</source>
        <translation>Schwierigkeit %1</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>(no id)</source>
        <translation>(ohne Id)</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation> von %1</translation>
    </message>
    <message>
        <source>does not matter</source>
        <translation>egal</translation>
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
        <source>account = enterprise, gold</source>
        <translation>account = enterprise, gold</translation>
    </message>
    <message>
        <source>Not taken over yet: %1</source>
        <translation>Noch nicht übernommen: %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>‹ Back to %1</source>
        <translation>‹ Zurück zu %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>%1 (gone)</source>
        <translation>%1 (nicht mehr da)</translation>
    </message>
    <message>
        <source>There is nothing to choose from yet.</source>
        <translation>Es gibt noch nichts zur Auswahl.</translation>
    </message>
    <message>
        <source>+ %1</source>
        <translation>+ %1</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>Move %1 up</source>
        <translation>%1 nach oben verschieben</translation>
    </message>
    <message>
        <source>Move %1 down</source>
        <translation>%1 nach unten verschieben</translation>
    </message>
    <message>
        <source>The others are in the text.</source>
        <translation>Die übrigen stehen im Text.</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>weight of %1</source>
        <translation>Gewicht von %1</translation>
    </message>
    <message>
        <source>set weight of %1 to %2</source>
        <translation>Gewicht von %1 auf %2 setzen</translation>
    </message>
    <message>
        <source>Weight of %1</source>
        <translation>Gewicht von %1</translation>
    </message>
    <message>
        <source>the next tier</source>
        <translation>die nächste Stufe</translation>
    </message>
    <message>
        <source>asks the next step</source>
        <translation>fragt den nächsten Schritt</translation>
    </message>
    <message>
        <source>template of %1</source>
        <translation>Vorlage von %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>set template of %1</source>
        <translation>Vorlage von %1 setzen</translation>
    </message>
    <message>
        <source>With template</source>
        <translation>Mit Vorlage</translation>
    </message>
    <message>
        <source>tools of %1</source>
        <translation>Tools von %1</translation>
    </message>
    <message>
        <source>all that the request brings</source>
        <translation>alle, die die Anfrage mitbringt</translation>
    </message>
    <message>
        <source>only these</source>
        <translation>nur diese</translation>
    </message>
    <message>
        <source>set tools of %1</source>
        <translation>Tools von %1 setzen</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>When the judge&apos;s {rubric} score is below {below}</source>
        <translation>Wenn der Wert des Judge für {rubric} unter {below} liegt</translation>
    </message>
    <message>
        <source>When the answer does not fit its JSON schema</source>
        <translation>Wenn die Antwort nicht zu ihrem JSON-Schema passt</translation>
    </message>
    <message>
        <source>When the answer calls a tool that there is not, or calls it wrongly</source>
        <translation>Wenn die Antwort ein Tool aufruft, das es nicht gibt, oder es falsch aufruft</translation>
    </message>
    <message>
        <source>When the router&apos;s confidence is below {below}</source>
        <translation>Wenn die Konfidenz des Routers unter {below} liegt</translation>
    </message>
    <message>
        <source>When the best passage scores below {below}</source>
        <translation>Wenn der Wert der besten Passage unter {below} liegt</translation>
    </message>
    <message>
        <source>When the user&apos;s message has one of the words or patterns below</source>
        <translation>Wenn die Nachricht des Nutzers eines der Wörter oder Muster unten enthält</translation>
    </message>
    <message>
        <source>When the request is longer than the tier&apos;s input budget</source>
        <translation>Wenn die Anfrage länger ist als das Eingabebudget der Stufe</translation>
    </message>
    <message>
        <source>When the tier&apos;s deadline has passed</source>
        <translation>Wenn die Frist der Stufe abgelaufen ist</translation>
    </message>
    <message>
        <source>When the answer declines</source>
        <translation>Wenn die Antwort ablehnt</translation>
    </message>
    <message>
        <source>When the model says {marker} or calls {tool}</source>
        <translation>Wenn das Modell {marker} sagt oder {tool} aufruft</translation>
    </message>
    <message>
        <source>When the check {check} fails, from {min_chars} to {max_chars}</source>
        <translation>Wenn die Prüfung {check} scheitert, von {min_chars} bis {max_chars}</translation>
    </message>
    <message>
        <source>When the check {check} fails</source>
        <translation>Wenn die Prüfung {check} scheitert</translation>
    </message>
    <message>
        <source>When the answer&apos;s mean log-probability is below {below}</source>
        <translation>Wenn die mittlere Log-Wahrscheinlichkeit der Antwort unter {below} liegt</translation>
    </message>
    <message>
        <source>When the confidence that the answer states is below {below}</source>
        <translation>Wenn die Konfidenz, die die Antwort angibt, unter {below} liegt</translation>
    </message>
    <message>
        <source>When nothing comes for {after_ms}, or the answer repeats itself</source>
        <translation>Wenn {after_ms} lang nichts kommt oder die Antwort sich wiederholt</translation>
    </message>
    <message>
        <source>When the gate fires</source>
        <translation>Wenn das Gate auslöst</translation>
    </message>
    <message>
        <source>When a request fits the condition below, {effect} {route}</source>
        <translation>Wenn eine Anfrage die Bedingung unten erfüllt, {effect} {route}</translation>
    </message>
    <message>
        <source>When a request fits the condition below, {effect}</source>
        <translation>Wenn eine Anfrage die Bedingung unten erfüllt, {effect}</translation>
    </message>
    <message>
        <source>%1, go to {escalate} at most {at_most} a request.</source>
        <extracomment>The end of a sentence such as &quot;When the judge&apos;s … score is below 3.5&quot;.</extracomment>
        <translation>%1, weiter an {escalate}, höchstens {at_most} je Anfrage.</translation>
    </message>
    <message>
        <source>What the rule does</source>
        <translation>Was die Regel tut</translation>
    </message>
    <message>
        <source>go to</source>
        <translation>weiter an</translation>
    </message>
    <message>
        <source>bar the tiers below</source>
        <translation>die Stufen unten sperren</translation>
    </message>
    <message>
        <source>allow only the residencies below</source>
        <translation>nur die Residenzen unten erlauben</translation>
    </message>
    <message>
        <source>First, a server that answers: an endpoint.</source>
        <translation>Zuerst ein Server, der antwortet: ein Endpunkt.</translation>
    </message>
    <message>
        <source>Next, a model behind the endpoint.</source>
        <translation>Dann ein Modell hinter dem Endpunkt.</translation>
    </message>
    <message>
        <source>Next, a tier: a rung of capability and cost, with the model in it.</source>
        <translation>Dann eine Stufe von Können und Kosten, mit dem Modell darin.</translation>
    </message>
    <message>
        <source>To begin</source>
        <translation>Zum Einstieg</translation>
    </message>
    <message>
        <source>Next, tell the router where requests go.</source>
        <translation>Dann dem Router sagen, wohin Anfragen gehen.</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Content hash</source>
        <translation>Inhalts-Hash</translation>
    </message>
    <message>
        <source>Reason code</source>
        <translation>Reason-Code</translation>
    </message>
    <message>
        <source>Models here</source>
        <translation>Modelle hier</translation>
    </message>
    <message>
        <source>Serves</source>
        <translation>Dient</translation>
    </message>
    <message>
        <source>Judges</source>
        <translation>Bewertet nach</translation>
    </message>
    <message>
        <source>Asked by</source>
        <translation>Gefragt von</translation>
    </message>
    <message>
        <source>What leads here</source>
        <translation>Was hierher führt</translation>
    </message>
    <message>
        <source>A request for a person is never blocked, and a request that no tier may answer goes to a person as well.</source>
        <translation>Der Wunsch nach einer Person wird nie blockiert; auch eine Anfrage, die keine Stufe beantworten darf, geht an eine Person.</translation>
    </message>
    <message>
        <source>The cascade, when no tier is left</source>
        <translation>Die Kaskade, wenn keine Stufe mehr bleibt</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
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
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
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
    <name>signalbox::LoadWindow</name>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>no bound</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>Load Test</source>
        <translation>Lasttest</translation>
    </message>
    <message>
        <source>How requests come</source>
        <translation>Wie Anfragen kommen</translation>
    </message>
    <message>
        <source>so many at once</source>
        <translation>so viele zugleich</translation>
    </message>
    <message>
        <source>at random times</source>
        <translation>zu zufälligen Zeiten</translation>
    </message>
    <message>
        <source>as they were recorded</source>
        <translation>wie sie aufgezeichnet wurden</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>Gleichzeitige Anfragen</translation>
    </message>
    <message>
        <source> at once</source>
        <translation> zugleich</translation>
    </message>
    <message>
        <source>Requests a second</source>
        <translation>Anfragen je Sekunde</translation>
    </message>
    <message>
        <source> a second</source>
        <translation> je Sekunde</translation>
    </message>
    <message>
        <source>How &amp;many</source>
        <translation>Wie &amp;viele</translation>
    </message>
    <message>
        <source>File of recorded arrivals</source>
        <translation>Datei der aufgezeichneten Ankünfte</translation>
    </message>
    <message>
        <source>CSV with TIMESTAMP</source>
        <translation>CSV mit TIMESTAMP</translation>
    </message>
    <message>
        <source>&amp;File…</source>
        <translation>&amp;Datei…</translation>
    </message>
    <message>
        <source>Choose a file of recorded arrivals</source>
        <translation>Eine Datei aufgezeichneter Ankünfte wählen</translation>
    </message>
    <message>
        <source>Recorded arrivals</source>
        <translation>Aufgezeichnete Ankünfte</translation>
    </message>
    <message>
        <source>Arrivals (*.csv);;All files (*)</source>
        <translation>Ankünfte (*.csv);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Speed of the recording</source>
        <translation>Tempo der Aufzeichnung</translation>
    </message>
    <message>
        <source> times its speed</source>
        <translation>-faches Tempo</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>For &amp;how long</source>
        <translation>Wie &amp;lange</translation>
    </message>
    <message>
        <source>Which requests</source>
        <translation>Welche Anfragen</translation>
    </message>
    <message>
        <source>Length of made-up prompts</source>
        <translation>Länge ausgedachter Prompts</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> Token</translation>
    </message>
    <message>
        <source>&amp;Worst case: every gate rejects</source>
        <translation>S&amp;chlimmster Fall: jedes Gate lehnt ab</translation>
    </message>
    <message>
        <source>Worst case</source>
        <translation>Schlimmster Fall</translation>
    </message>
    <message>
        <source>Each request goes as deep as the policy lets it.</source>
        <translation>Jede Anfrage geht so tief, wie die Policy sie lässt.</translation>
    </message>
    <message>
        <source>Most that it may cost</source>
        <translation>Was es höchstens kosten darf</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>How the cascade behaves when many ask</source>
        <translation>Wie sich die Kaskade verhält, wenn viele fragen</translation>
    </message>
    <message>
        <source>Nothing is recorded, and the playground is not disturbed: the test has connections and a sandbox of its own. Latency counts from when a request was to be sent; what is never answered counts as infinitely slow.</source>
        <translation>Nichts wird aufgezeichnet, und der Probelauf bleibt ungestört: der Test hat eigene Verbindungen und eine eigene Sandbox. Die Latenz zählt ab dem Moment, in dem eine Anfrage gesendet werden sollte; was nie beantwortet wird, zählt als unendlich langsam.</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>p95 latency</source>
        <translation>p95-Latenz</translation>
    </message>
    <message>
        <source>From when a request was to be sent until its end, with the 95 % interval.</source>
        <translation>Vom Moment, in dem eine Anfrage gesendet werden sollte, bis zu ihrem Ende, mit dem 95-%-Intervall.</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>Requests that were answered or handed to a person, a second.</source>
        <translation>Anfragen je Sekunde, die beantwortet oder an eine Person übergeben wurden.</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Requests without an answer, and those that were given up on at the end.</source>
        <translation>Anfragen ohne Antwort, und solche, die am Ende aufgegeben wurden.</translation>
    </message>
    <message>
        <source>Objectives</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Met when all of the interval is within the objective, missed when none of it is.</source>
        <translation>Erreicht, wenn das ganze Intervall im Ziel liegt, verfehlt, wenn nichts davon.</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>By tier and by depth</source>
        <translation>Nach Stufe und Tiefe</translation>
    </message>
    <message>
        <source>Latency by tier and by depth</source>
        <translation>Latenz nach Stufe und Tiefe</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>Objectives and verdicts</source>
        <translation>Ziele und Urteile</translation>
    </message>
    <message>
        <source>objective</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>found</source>
        <translation>gefunden</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>made-up prompts</source>
        <translation>ausgedachte Prompts</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n prompt(s)</source>
        <translation>
            <numerusform>%1 · %n Prompt</numerusform>
            <numerusform>%1 · %n Prompts</numerusform>
        </translation>
    </message>
    <message>
        <source>Sandbox endpoints</source>
        <translation>Sandbox-Endpunkte</translation>
    </message>
    <message>
        <source>Real endpoints: it costs money</source>
        <translation>Echte Endpunkte: es kostet Geld</translation>
    </message>
    <message>
        <source>The policy has errors; mend them first.</source>
        <translation>Die Policy hat Fehler; beheben Sie sie zuerst.</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1 / s</source>
        <translation>%1 / s</translation>
    </message>
    <message numerus="yes">
        <source>%n under way</source>
        <translation>
            <numerusform>%n unterwegs</numerusform>
            <numerusform>%n unterwegs</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 s in all</source>
        <translation>%1 s insgesamt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>met</source>
        <translation>erreicht</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>verfehlt</translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation>nicht zu sagen</translation>
    </message>
    <message>
        <source>the policy states none that a load test can judge</source>
        <translation>die Policy nennt keines, das ein Lasttest beurteilen kann</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) sent</source>
        <translation>
            <numerusform>%n Anfrage gesendet</numerusform>
            <numerusform>%n Anfragen gesendet</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answered</source>
        <translation>%1 beantwortet</translation>
    </message>
    <message>
        <source>%1 handed to a person</source>
        <translation>%1 an eine Person übergeben</translation>
    </message>
    <message numerus="yes">
        <source>the policy&apos;s worst case is %n hop(s)</source>
        <translation>
            <numerusform>der schlimmste Fall der Policy ist %n Hop</numerusform>
            <numerusform>der schlimmste Fall der Policy sind %n Hops</numerusform>
        </translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>vorzeitig angehalten</translation>
    </message>
    <message>
        <source>Sandbox: the models are simulated</source>
        <translation>Sandbox: die Modelle sind simuliert</translation>
    </message>
    <message>
        <source>How long requests take, as soon as the first have ended.</source>
        <translation>Wie lange Anfragen dauern, sobald die ersten beendet sind.</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>never answered</source>
        <translation>nie beantwortet</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>n = %1</source>
        <translation>n = %1</translation>
    </message>
    <message>
        <source>whole request</source>
        <translation>ganze Anfrage</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>erstes Token</translation>
    </message>
    <message>
        <source>once it was sent</source>
        <translation>sobald gesendet</translation>
    </message>
    <message>
        <source>hop on %1</source>
        <translation>Hop auf %1</translation>
    </message>
    <message numerus="yes">
        <source>%n hop(s) deep</source>
        <translation>
            <numerusform>%n Hop tief</numerusform>
            <numerusform>%n Hops tief</numerusform>
        </translation>
    </message>
    <message>
        <source>quality, %1</source>
        <translation>Qualität, %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
    <message>
        <source>not enough requests to tell</source>
        <translation>zu wenige Anfragen für ein Urteil</translation>
    </message>
    <message numerus="yes">
        <source>Latencies of %n request(s) on a logarithmic scale.</source>
        <translation>
            <numerusform>Latenz von %n Anfrage auf logarithmischer Skala.</numerusform>
            <numerusform>Latenzen von %n Anfragen auf logarithmischer Skala.</numerusform>
        </translation>
    </message>
    <message>
        <source>It &amp;ends when so much is spent</source>
        <translation>&amp;Endet, wenn so viel ausgegeben ist</translation>
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
        <source>&amp;New Policy…</source>
        <translation>Neue Po&amp;licy…</translation>
    </message>
    <message>
        <source>Begins another policy: from what the traffic looks like, from a template, or empty.</source>
        <translation>Beginnt eine weitere Policy: nach der Art des Verkehrs, aus einer Vorlage oder leer.</translation>
    </message>
    <message>
        <source>New &amp;Workspace from Sample…</source>
        <translation>&amp;Neuer Arbeitsbereich aus Beispiel…</translation>
    </message>
    <message>
        <source>Saves the policy as a new version, with a message made from what changed.</source>
        <translation>Speichert die Policy als neue Version, mit einer Nachricht aus dem, was sich geändert hat.</translation>
    </message>
    <message>
        <source>Save Version with &amp;Message…</source>
        <translation>Version &amp;mit Nachricht speichern…</translation>
    </message>
    <message>
        <source>Saves the policy as a new version and asks what it is for.</source>
        <translation>Speichert die Policy als neue Version und fragt, wozu sie dient.</translation>
    </message>
    <message>
        <source>&amp;Recover Unsaved Changes…</source>
        <translation>Ungespeicherte Änderungen &amp;wiederherstellen…</translation>
    </message>
    <message>
        <source>Offers what was being edited when Signalbox ended without saving it.</source>
        <translation>Bietet an, was bearbeitet wurde, als Signalbox endete, ohne es zu speichern.</translation>
    </message>
    <message>
        <source>&amp;Help on This Place</source>
        <translation>&amp;Hilfe zu dieser Stelle</translation>
    </message>
    <message>
        <source>Says what is at hand and how to begin.</source>
        <translation>Sagt, was hier zur Hand ist und wie man beginnt.</translation>
    </message>
    <message>
        <source>The &amp;Policy Language</source>
        <translation>Die &amp;Policy-Sprache</translation>
    </message>
    <message>
        <source>Opens the help on what a policy can say.</source>
        <translation>Öffnet die Hilfe dazu, was eine Policy sagen kann.</translation>
    </message>
    <message>
        <source>New Policy</source>
        <translation>Neue Policy</translation>
    </message>
    <message>
        <source>What is this version for?</source>
        <translation>Wozu dient diese Version?</translation>
    </message>
    <message>
        <source>Recover Unsaved Changes</source>
        <translation>Ungespeicherte Änderungen wiederherstellen</translation>
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
    <name>signalbox::NewPolicyDialog</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>New Policy</source>
        <translation>Neue Policy</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Beginnen mit</translation>
    </message>
    <message>
        <source>What my traffic looks like</source>
        <translation>Art meines Verkehrs</translation>
    </message>
    <message>
        <source>A few questions; the answers decide the pattern, and the reasons stand in the policy.</source>
        <translation>Einige Fragen; die Antworten bestimmen das Muster, und die Gründe stehen in der Policy.</translation>
    </message>
    <message>
        <source>A template</source>
        <translation>Eine Vorlage</translation>
    </message>
    <message>
        <source>One of the patterns as it stands, on the sandbox.</source>
        <translation>Eines der Muster, wie es ist, auf der Sandbox.</translation>
    </message>
    <message>
        <source>An empty policy</source>
        <translation>Eine leere Policy</translation>
    </message>
    <message>
        <source>A name and nothing else: build it on the map.</source>
        <translation>Ein Name und sonst nichts: auf der Karte aufbauen.</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Verkehr</translation>
    </message>
    <message>
        <source>&lt;p&gt;%1&lt;/p&gt;&lt;p&gt;&lt;b&gt;Preferred:&lt;/b&gt; %2&lt;/p&gt;&lt;p&gt;%3&lt;/p&gt;&lt;p&gt;&lt;b&gt;Avoided:&lt;/b&gt; %4&lt;/p&gt;</source>
        <translation>&lt;p&gt;%1&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bevorzugt:&lt;/b&gt; %2&lt;/p&gt;&lt;p&gt;%3&lt;/p&gt;&lt;p&gt;&lt;b&gt;Vermieden:&lt;/b&gt; %4&lt;/p&gt;</translation>
    </message>
    <message>
        <source>What it must reach, and with what</source>
        <translation>Was sie erreichen muss und womit</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>p95 latency, at most</source>
        <translation>p95-Latenz, höchstens</translation>
    </message>
    <message>
        <source>Cost per resolved request, at most</source>
        <translation>Kosten je gelöster Anfrage, höchstens</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source> of 5, by a judge</source>
        <translation> von 5, laut Judge</translation>
    </message>
    <message>
        <source>Quality, at least</source>
        <translation>Qualität, mindestens</translation>
    </message>
    <message>
        <source>The built-in sandbox: simulated models, no key</source>
        <translation>Die eingebaute Sandbox: simulierte Modelle, kein Schlüssel</translation>
    </message>
    <message>
        <source>A server of my own</source>
        <translation>Ein eigener Server</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>Personal data stays on my own machines</source>
        <translation>Personenbezogene Daten bleiben auf eigenen Rechnern</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>Basis-URL</translation>
    </message>
    <message>
        <source>Environment variable of its key</source>
        <translation>Umgebungsvariable seines Schlüssels</translation>
    </message>
    <message>
        <source>Its region</source>
        <translation>Seine Region</translation>
    </message>
    <message>
        <source>URL on my own machines</source>
        <translation>URL auf eigenen Rechnern</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Small model</source>
        <translation>Kleines Modell</translation>
    </message>
    <message>
        <source>Mid-size model</source>
        <translation>Mittelgroßes Modell</translation>
    </message>
    <message>
        <source>Frontier model</source>
        <translation>Frontier-Modell</translation>
    </message>
    <message>
        <source>Judge model</source>
        <translation>Judge-Modell</translation>
    </message>
    <message>
        <source>Map of the new policy</source>
        <translation>Karte der neuen Policy</translation>
    </message>
    <message>
        <source>Which pattern?</source>
        <translation>Welches Muster?</translation>
    </message>
    <message>
        <source>What does your traffic look like?</source>
        <translation>Welcher Art ist der Verkehr?</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Erstellen</translation>
    </message>
</context>
<context>
    <name>signalbox::OffersDialog</name>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Models of an Endpoint</source>
        <translation>Modelle eines Endpunkts</translation>
    </message>
    <message>
        <source>&amp;Endpoint</source>
        <translation>&amp;Endpunkt</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Search for a model</source>
        <translation>Ein Modell suchen</translation>
    </message>
    <message>
        <source>As&amp;k Again</source>
        <translation>Er&amp;neut fragen</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>in the policy</source>
        <translation>in der Policy</translation>
    </message>
    <message>
        <source>context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>output, at most</source>
        <translation>Ausgabe, höchstens</translation>
    </message>
    <message>
        <source>USD per million, in / out</source>
        <translation>USD je Million, ein / aus</translation>
    </message>
    <message>
        <source>Models that the endpoint offers</source>
        <translation>Modelle, die der Endpunkt anbietet</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>&amp;Add to the Policy</source>
        <translation>Zur Policy &amp;hinzufügen</translation>
    </message>
    <message>
        <source>The policy has no endpoint that could be asked.</source>
        <translation>Die Policy hat keinen Endpunkt, den man fragen könnte.</translation>
    </message>
    <message>
        <source>The sandbox is not running yet.</source>
        <translation>Die Sandbox läuft noch nicht.</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>Frage %1 …</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n Modell</numerusform>
            <numerusform>%n Modelle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n model(s) of a longer list</source>
        <translation>
            <numerusform>Das erste %n Modell einer längeren Liste</numerusform>
            <numerusform>Die ersten %n Modelle einer längeren Liste</numerusform>
        </translation>
    </message>
    <message>
        <source>Not offered, but called by the policy: %1.</source>
        <translation>Nicht angeboten, aber von der Policy gerufen: %1.</translation>
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
    <message>
        <source>User tiers</source>
        <translation>Nutzerstufen</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Stickiness</source>
        <translation>Sitzungsbindung</translation>
    </message>
    <message>
        <source>Handoff</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>Release gates</source>
        <translation>Release-Gates</translation>
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
    <message>
        <source>&lt;p&gt;Sends prompts through the policy as it is edited now. Type one, or choose &lt;b&gt;Try one&lt;/b&gt;, and press Ctrl+Enter: the timeline shows each hop as it runs, the cards show what was said and why it was accepted or turned down. Esc stops a run; what was finished is kept.&lt;/p&gt;&lt;p&gt;&lt;b&gt;All Tiers&lt;/b&gt; asks every tier that is not barred, so that they can be compared. &lt;b&gt;Dataset runs&lt;/b&gt; do the same for all prompts of a dataset; Tuning needs one with all tiers.&lt;/p&gt;&lt;p&gt;The &lt;b&gt;Fault Lab&lt;/b&gt; (Ctrl+Shift+L) lets the sandbox go wrong in some seventy ways while a cascade runs: refusals, silence, cuts, broken answers. Beside each stands how a run must come out of it, and how the last one did.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Sendet Prompts durch die Policy, wie sie gerade bearbeitet ist. Einen eingeben oder &lt;b&gt;Beispiele&lt;/b&gt; wählen und Strg+Eingabe drücken: die Zeitachse zeigt jeden Hop, während er läuft, die Karten zeigen, was gesagt und warum es angenommen oder abgelehnt wurde. Esc hält einen Lauf an; Fertiges bleibt erhalten.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Alle Stufen&lt;/b&gt; befragt jede nicht gesperrte Stufe, um sie zu vergleichen. &lt;b&gt;Datensatz-Läufe&lt;/b&gt; tun dasselbe für alle Prompts eines Datensatzes; Tuning braucht einen mit allen Stufen.&lt;/p&gt;&lt;p&gt;Das &lt;b&gt;Störungslabor&lt;/b&gt; (Strg+Umschalt+L) lässt in der Sandbox auf rund siebzig Arten etwas schiefgehen, während eine Kaskade läuft: Absagen, Schweigen, Abbrüche, zerbrochene Antworten. Daneben steht jeweils, wie ein Lauf daraus hervorgehen muss, und wie der letzte es tat.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Fault Lab…</source>
        <translation>Störungsla&amp;bor…</translation>
    </message>
    <message>
        <source>Lists what the sandbox can get wrong, and switches it on.</source>
        <translation>Zählt auf, was in der Sandbox schiefgehen kann, und schaltet es ein.</translation>
    </message>
    <message>
        <source>Switch All Faults &amp;Off</source>
        <translation>Alle Störungen a&amp;usschalten</translation>
    </message>
    <message>
        <source>Switches all faults of the sandbox off.</source>
        <translation>Schaltet alle Störungen der Sandbox aus.</translation>
    </message>
    <message>
        <source>Co&amp;mpare…</source>
        <translation>&amp;Vergleichen…</translation>
    </message>
    <message>
        <source>Sends the prompt through several policies or tiers, side by side.</source>
        <translation>Schickt den Prompt durch mehrere Policies oder Stufen, nebeneinander.</translation>
    </message>
    <message>
        <source>&amp;Inspect Requests…</source>
        <translation>&amp;Anfragen ansehen…</translation>
    </message>
    <message>
        <source>Shows what each hop asked and what came back, with the key masked.</source>
        <translation>Zeigt, was jeder Hop gefragt hat und was zurückkam, mit verdecktem Schlüssel.</translation>
    </message>
    <message>
        <source>Copy as c&amp;URL</source>
        <translation>Als cU&amp;RL kopieren</translation>
    </message>
    <message>
        <source>Copies the last hop&apos;s request as a shell command, with $KEY in the key&apos;s place.</source>
        <translation>Kopiert die Anfrage des letzten Hops als Shell-Befehl, mit $KEY anstelle des Schlüssels.</translation>
    </message>
    <message>
        <source>Repla&amp;y under Today&apos;s Policy</source>
        <translation>&amp;Wiederholen unter der heutigen Policy</translation>
    </message>
    <message>
        <source>Sends the same request again, beside what was recorded.</source>
        <translation>Schickt dieselbe Anfrage noch einmal, neben dem, was aufgezeichnet ist.</translation>
    </message>
    <message>
        <source>&amp;Go On with the Conversation</source>
        <translation>Gespräch &amp;fortsetzen</translation>
    </message>
    <message>
        <source>Makes the question and its answer earlier turns of the next prompt.</source>
        <translation>Macht Frage und Antwort zu früheren Beiträgen des nächsten Prompts.</translation>
    </message>
    <message>
        <source>Rate: Good Fit</source>
        <translation>Bewerten: passend</translation>
    </message>
    <message>
        <source>Rate: Underpowered</source>
        <translation>Bewerten: zu schwach</translation>
    </message>
    <message>
        <source>Rate: Overprovisioned</source>
        <translation>Bewerten: zu stark</translation>
    </message>
    <message>
        <source>Rate: Failed</source>
        <translation>Bewerten: gescheitert</translation>
    </message>
    <message>
        <source>Says whether the tier that answered was the right one.</source>
        <translation>Sagt, ob die Stufe, die geantwortet hat, die richtige war.</translation>
    </message>
    <message>
        <source>Rated as a good fit.</source>
        <translation>Als passend bewertet.</translation>
    </message>
    <message>
        <source>Rated as underpowered.</source>
        <translation>Als zu schwach bewertet.</translation>
    </message>
    <message>
        <source>Rated as overprovisioned.</source>
        <translation>Als zu stark bewertet.</translation>
    </message>
    <message>
        <source>Rated as failed.</source>
        <translation>Als gescheitert bewertet.</translation>
    </message>
    <message>
        <source>edited now</source>
        <translation>jetzt bearbeitet</translation>
    </message>
    <message>
        <source>today&apos;s policy</source>
        <translation>heutige Policy</translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>auf %1</translation>
    </message>
    <message>
        <source>as recorded, %1</source>
        <translation>wie aufgezeichnet, %1</translation>
    </message>
    <message>
        <source>A request runs; stop it first, or wait until it is done.</source>
        <translation>Eine Anfrage läuft; halten Sie sie erst an, oder warten Sie, bis sie fertig ist.</translation>
    </message>
    <message>
        <source>There is no request to copy: %1</source>
        <translation>Es gibt keine Anfrage zu kopieren: %1</translation>
    </message>
    <message>
        <source>The request was copied as cURL; $KEY stands for the key.</source>
        <translation>Die Anfrage wurde als cURL kopiert; $KEY steht für den Schlüssel.</translation>
    </message>
    <message>
        <source>An earlier answer, to a question that is %1 alike, was given again: %2</source>
        <translation>Eine frühere Antwort auf eine zu %1 gleiche Frage wurde wieder gegeben: %2</translation>
    </message>
    <message>
        <source>The user has the answer. What is asked now is evidence for later; nobody waits for it.</source>
        <translation>Der Nutzer hat die Antwort. Was jetzt noch gefragt wird, dient als Beleg für später; niemand wartet darauf.</translation>
    </message>
    <message>
        <source>The answer broke off: %1. What had come of it is kept.</source>
        <translation>Die Antwort brach ab: %1. Was schon da war, bleibt erhalten.</translation>
    </message>
    <message>
        <source>&amp;Load Test…</source>
        <translation>Lastt&amp;est…</translation>
    </message>
    <message>
        <source>Sends many requests at once and says whether the objectives hold.</source>
        <translation>Schickt viele Anfragen zugleich und sagt, ob die Ziele gehalten werden.</translation>
    </message>
</context>
<context>
    <name>signalbox::PolicyAdditions</name>
    <message>
        <source>one kind of question</source>
        <translation>eine Art von Fragen</translation>
    </message>
    <message>
        <source>add specialist %1</source>
        <translation>Spezialist %1 hinzufügen</translation>
    </message>
    <message>
        <source>add stage %1</source>
        <translation>Phase %1 hinzufügen</translation>
    </message>
    <message>
        <source>add step %1</source>
        <translation>Schritt %1 hinzufügen</translation>
    </message>
    <message>
        <source>make the cascade a %1</source>
        <translation>Muster der Kaskade auf %1 setzen</translation>
    </message>
    <message>
        <source>add model %1</source>
        <translation>Modell %1 hinzufügen</translation>
    </message>
    <message>
        <source>add models</source>
        <translation>Modelle hinzufügen</translation>
    </message>
</context>
<context>
    <name>signalbox::PolicyCanvas</name>
    <message>
        <source>What a connection would do</source>
        <translation>Was eine Verbindung bewirken würde</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>Add &amp;Tier</source>
        <translation>S&amp;tufe hinzufügen</translation>
    </message>
    <message>
        <source>Add &amp;Specialist</source>
        <translation>&amp;Spezialist hinzufügen</translation>
    </message>
    <message>
        <source>Add &amp;Rule</source>
        <translation>&amp;Regel hinzufügen</translation>
    </message>
    <message>
        <source>Add Tri&amp;gger</source>
        <translation>Tri&amp;gger hinzufügen</translation>
    </message>
    <message>
        <source>Add Map Ro&amp;w</source>
        <translation>Tabellen&amp;zeile hinzufügen</translation>
    </message>
    <message>
        <source>Add &amp;Judge Rubric</source>
        <translation>&amp;Judge-Rubrik hinzufügen</translation>
    </message>
    <message>
        <source>Add &amp;Model</source>
        <translation>&amp;Modell hinzufügen</translation>
    </message>
    <message>
        <source>Add &amp;Endpoint</source>
        <translation>&amp;Endpunkt hinzufügen</translation>
    </message>
    <message>
        <source>Add Sta&amp;ge</source>
        <translation>P&amp;hase hinzufügen</translation>
    </message>
    <message>
        <source>Add Router Ste&amp;p</source>
        <translation>R&amp;outer-Schritt hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Connect by Keyboard</source>
        <translation>Per Tastatur &amp;verbinden</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>Umbe&amp;nennen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>C&amp;ut</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>Ein&amp;fügen</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>&amp;Edit in the Inspector</source>
        <translation>Im Inspektor &amp;bearbeiten</translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move Do&amp;wn</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>D&amp;isconnect</source>
        <translation>&amp;Trennen</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Fit Map</source>
        <translation>Karte &amp;einpassen</translation>
    </message>
    <message>
        <source>Create…</source>
        <translation>Erstellen…</translation>
    </message>
    <message>
        <source>+ Tier</source>
        <translation>+ Stufe</translation>
    </message>
    <message>
        <source>Add a tier (T)</source>
        <translation>Eine Stufe hinzufügen (T)</translation>
    </message>
    <message>
        <source>+ Rule</source>
        <translation>+ Regel</translation>
    </message>
    <message>
        <source>Add a rule (R)</source>
        <translation>Eine Regel hinzufügen (R)</translation>
    </message>
    <message>
        <source>+ Trigger</source>
        <translation>+ Trigger</translation>
    </message>
    <message>
        <source>Add a trigger (G)</source>
        <translation>Einen Trigger hinzufügen (G)</translation>
    </message>
    <message>
        <source>Add something else (Ins)</source>
        <translation>Etwas anderes hinzufügen (Einfg)</translation>
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
        <source>Delete the selected element (Del)</source>
        <translation>Das ausgewählte Element löschen (Entf)</translation>
    </message>
    <message>
        <source>Zoom out (Ctrl+−)</source>
        <translation>Verkleinern (Strg+−)</translation>
    </message>
    <message>
        <source>Zoom in (Ctrl++)</source>
        <translation>Vergrößern (Strg++)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Show all of the map (Ctrl+0)</source>
        <translation>Die ganze Karte zeigen (Strg+0)</translation>
    </message>
    <message>
        <source>Copied %1</source>
        <translation>%1 kopiert</translation>
    </message>
    <message>
        <source>Select something that has a name to rename it.</source>
        <translation>Zum Umbenennen etwas auswählen, das einen Namen hat.</translation>
    </message>
    <message>
        <source>There is a “%1” already. Choose another name.</source>
        <translation>„%1“ gibt es schon. Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>least confidence of row %1</source>
        <translation>Mindestkonfidenz von Zeile %1</translation>
    </message>
    <message>
        <source>set %1 to %2</source>
        <translation>%1 auf %2 setzen</translation>
    </message>
    <message>
        <source>Casc&amp;ade Pattern</source>
        <translation>Ka&amp;skadenmuster</translation>
    </message>
    <message>
        <source>&amp;Direct: one answer</source>
        <translation>&amp;Direkt: eine Antwort</translation>
    </message>
    <message>
        <source>&amp;Waterfall: escalate from tier to tier</source>
        <translation>&amp;Wasserfall: von Stufe zu Stufe eskalieren</translation>
    </message>
    <message>
        <source>&amp;Race: several at once, the first good one wins</source>
        <translation>Wett&amp;lauf: mehrere zugleich, die erste gute Antwort gewinnt</translation>
    </message>
    <message>
        <source>&amp;Specialists: a pool, and where to go when unsure</source>
        <translation>&amp;Spezialisten: ein Pool, und wohin es bei Unsicherheit geht</translation>
    </message>
    <message>
        <source>&amp;Pipeline: stages after each other</source>
        <translation>&amp;Pipeline: Phasen nacheinander</translation>
    </message>
    <message>
        <source>Connect &amp;to</source>
        <translation>Verbinden &amp;mit</translation>
    </message>
    <message>
        <source>Lead &amp;to</source>
        <translation>Führen &amp;zu</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>Zoom to 100 %</source>
        <translation>Auf 100 % zoomen</translation>
    </message>
    <message>
        <source>&amp;Agreement: two must say the same</source>
        <translation>&amp;Übereinstimmung: zwei müssen dasselbe sagen</translation>
    </message>
    <message>
        <source>Self-&amp;Consistency: most of several samples</source>
        <translation>Selbst&amp;konsistenz: die meisten von mehreren Stichproben</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>signalbox::PolicyClipboard</name>
    <message>
        <source>a map row</source>
        <translation>eine Tabellenzeile</translation>
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
    <message>
        <source>starts at once</source>
        <translation>startet sofort</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>nach %1</translation>
    </message>
    <message>
        <source>Lane %1</source>
        <translation>Lane %1</translation>
    </message>
    <message>
        <source>in the pool</source>
        <translation>im Pool</translation>
    </message>
    <message>
        <source>says “%1”</source>
        <translation>sagt „%1“</translation>
    </message>
    <message>
        <source>A specialist that is not sure says so; then it goes here</source>
        <translation>Ein unsicherer Spezialist sagt es; dann geht es hierher weiter</translation>
    </message>
    <message>
        <source>stage %1</source>
        <translation>Phase %1</translation>
    </message>
    <message>
        <source>This tier does the stage&apos;s work</source>
        <translation>Diese Stufe erledigt die Arbeit der Phase</translation>
    </message>
    <message>
        <source>if down</source>
        <translation>bei Ausfall</translation>
    </message>
    <message>
        <source>if down, %1</source>
        <translation>bei Ausfall, %1</translation>
    </message>
    <message>
        <source>When none of the tier&apos;s models is available</source>
        <translation>Wenn keines der Modelle der Stufe verfügbar ist</translation>
    </message>
    <message>
        <source>exact cache</source>
        <translation>exakter Cache</translation>
    </message>
    <message>
        <source>semantic cache</source>
        <translation>semantischer Cache</translation>
    </message>
    <message>
        <source>sticky session</source>
        <translation>sticky Session</translation>
    </message>
    <message>
        <source>1 user tier</source>
        <translation>1 Nutzerstufe</translation>
    </message>
    <message>
        <source>%1 user tiers</source>
        <translation>%1 Nutzerstufen</translation>
    </message>
    <message>
        <source>%1 · exclusive</source>
        <translation>%1 · exklusiv</translation>
    </message>
    <message>
        <source>%1 · for the thread</source>
        <translation>%1 · für den Thread</translation>
    </message>
    <message>
        <source>When %1</source>
        <translation>Wenn %1</translation>
    </message>
    <message>
        <source>Press Enter or click to show more</source>
        <translation>Eingabetaste oder Klick zeigt mehr</translation>
    </message>
    <message>
        <source>the rules decide</source>
        <translation>die Regeln entscheiden</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>Klassifikator</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Embedding</translation>
    </message>
    <message>
        <source>embedding · 1 centroid</source>
        <translation>Embedding · 1 Zentroid</translation>
    </message>
    <message>
        <source>embedding · %1 centroids</source>
        <translation>Embedding · %1 Zentroide</translation>
    </message>
    <message>
        <source>similarity ≥ %1</source>
        <translation>Ähnlichkeit ≥ %1</translation>
    </message>
    <message>
        <source>predictive</source>
        <translation>prädiktiv</translation>
    </message>
    <message>
        <source>nearest %1 prompts</source>
        <translation>%1 nächste Prompts</translation>
    </message>
    <message>
        <source>cheapest with quality ≥ %1</source>
        <translation>günstigste mit Qualität ≥ %1</translation>
    </message>
    <message>
        <source>LLM</source>
        <translation>LLM</translation>
    </message>
    <message>
        <source>bandit</source>
        <translation>Bandit</translation>
    </message>
    <message>
        <source>explores %1</source>
        <translation>exploriert %1</translation>
    </message>
    <message>
        <source>agentic</source>
        <translation>agentisch</translation>
    </message>
    <message>
        <source>chain of 1 step</source>
        <translation>Kette aus 1 Schritt</translation>
    </message>
    <message>
        <source>chain of %1 steps</source>
        <translation>Kette aus %1 Schritten</translation>
    </message>
    <message>
        <source>within %1</source>
        <translation>binnen %1</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>handoff · queue “%1”</source>
        <translation>Übergabe · Warteschlange „%1“</translation>
    </message>
    <message>
        <source>nothing leads here</source>
        <translation>hierher führt nichts</translation>
    </message>
    <message>
        <source>at most 1 hop</source>
        <translation>höchstens 1 Hop</translation>
    </message>
    <message>
        <source>at most %1 hops</source>
        <translation>höchstens %1 Hops</translation>
    </message>
    <message>
        <source>Direct · one answer, no escalation</source>
        <translation>Direkt · eine Antwort, keine Eskalation</translation>
    </message>
    <message>
        <source>Waterfall · %1</source>
        <translation>Wasserfall · %1</translation>
    </message>
    <message>
        <source>Race · 1 lane</source>
        <translation>Wettlauf · 1 Lane</translation>
    </message>
    <message>
        <source>Race · %1 lanes</source>
        <translation>Wettlauf · %1 Lanes</translation>
    </message>
    <message>
        <source>Specialists · %1 in the pool</source>
        <translation>Spezialisten · %1 im Pool</translation>
    </message>
    <message>
        <source>Pipeline · 1 stage</source>
        <translation>Pipeline · 1 Phase</translation>
    </message>
    <message>
        <source>Pipeline · %1 stages</source>
        <translation>Pipeline · %1 Phasen</translation>
    </message>
    <message>
        <source>rewrite</source>
        <translation>umformulieren</translation>
    </message>
    <message>
        <source>retrieve</source>
        <translation>abrufen</translation>
    </message>
    <message>
        <source>synthesise</source>
        <translation>zusammenführen</translation>
    </message>
    <message>
        <source>verify</source>
        <translation>prüfen</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 durch %2</translation>
    </message>
    <message>
        <source>specialist for %1</source>
        <translation>Spezialist für %1</translation>
    </message>
    <message>
        <source>%1 replicas, least busy first</source>
        <translation>%1 Repliken, am wenigsten belegte zuerst</translation>
    </message>
    <message>
        <source>%1 replicas, by weight</source>
        <translation>%1 Repliken, nach Gewicht</translation>
    </message>
    <message numerus="yes">
        <source>and %n more tiers</source>
        <translation>
            <numerusform>und %n weitere Stufe</numerusform>
            <numerusform>und %n weitere Stufen</numerusform>
        </translation>
    </message>
    <message>
        <source>unsure &lt; %1</source>
        <translation>unsicher &lt; %1</translation>
    </message>
    <message>
        <source>abstains</source>
        <translation>enthält sich</translation>
    </message>
    <message>
        <source>The next step is asked when this one is not sure enough</source>
        <translation>Der nächste Schritt wird gefragt, wenn dieser nicht sicher genug ist</translation>
    </message>
    <message>
        <source>template %1</source>
        <translation>Vorlage %1</translation>
    </message>
    <message>
        <source>no tools</source>
        <translation>keine Tools</translation>
    </message>
    <message>
        <source>tools %1</source>
        <translation>Tools %1</translation>
    </message>
    <message>
        <source>Carries %1</source>
        <translation>Gibt mit: %1</translation>
    </message>
    <message>
        <source>weak suffices ≥ %1</source>
        <translation>schwach genügt ≥ %1</translation>
    </message>
    <message>
        <source>The probability that the weak tier&apos;s answer is good enough</source>
        <translation>Die Wahrscheinlichkeit, dass die Antwort der schwachen Stufe gut genug ist</translation>
    </message>
    <message>
        <source>else strong</source>
        <translation>sonst stark</translation>
    </message>
    <message>
        <source>candidate</source>
        <translation>Kandidat</translation>
    </message>
    <message>
        <source>may answer</source>
        <translation>darf antworten</translation>
    </message>
    <message>
        <source>must agree</source>
        <translation>muss übereinstimmen</translation>
    </message>
    <message>
        <source>Agreement · %1 tiers</source>
        <translation>Übereinstimmung · %1 Stufen</translation>
    </message>
    <message>
        <source>Self-consistency · %1 samples</source>
        <translation>Selbstkonsistenz · %1 Stichproben</translation>
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
    <message>
        <source>Drag to a tier or a person to connect</source>
        <translation>Zum Verbinden auf eine Stufe oder eine Person ziehen</translation>
    </message>
    <message>
        <source>Select a node or a label first, then press C to connect it.</source>
        <translation>Zuerst einen Knoten oder eine Beschriftung auswählen, dann mit C verbinden.</translation>
    </message>
    <message>
        <source>Arrow keys choose where to, Enter connects, Esc gives up.</source>
        <translation>Pfeiltasten wählen das Ziel, Eingabe verbindet, Esc bricht ab.</translation>
    </message>
    <message>
        <source>Drag to a tier or a person.</source>
        <translation>Auf eine Stufe oder eine Person ziehen.</translation>
    </message>
    <message>
        <source>order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>The order of the cascade; no trigger leads this way</source>
        <translation>Die Reihenfolge der Kaskade; kein Trigger führt hier entlang</translation>
    </message>
</context>
<context>
    <name>signalbox::PolicyMinimap</name>
    <message>
        <source>Overview of the map</source>
        <translation>Überblick über die Karte</translation>
    </message>
    <message>
        <source>Overview: click or drag to move the view</source>
        <translation>Überblick: Klicken oder Ziehen verschiebt den Ausschnitt</translation>
    </message>
</context>
<context>
    <name>signalbox::PolicyPage</name>
    <message>
        <source>Policy</source>
        <translation>Policy</translation>
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
        <source>For&amp;mat Text</source>
        <translation>Te&amp;xt formatieren</translation>
    </message>
    <message>
        <source>Writes the policy in its canonical form.</source>
        <translation>Schreibt die Policy in ihrer kanonischen Form.</translation>
    </message>
    <message>
        <source>&lt;p&gt;The policy as a map: a request meets the rules, then the router, which picks a tier; amber edges say when an answer escalates. Select anything to read and change it at the right.&lt;/p&gt;&lt;p&gt;Drag a pill with a threshold sideways, or press Shift+Left and Shift+Right on it. Tab and the arrow keys walk the map, Enter edits.&lt;/p&gt;&lt;p&gt;Drag from the dot of a node to a tier or a person to connect them, or press C, choose with the arrow keys and press Enter; a line above says what it would write or why it cannot. Drag a tier up or down, or press Alt+Up and Alt+Down, to change the order. T, S, R, G, W, J, M and E add a tier, a specialist, a rule, a trigger, a map row, a judge rubric, a model and an endpoint; F2 renames, Ctrl+C, Ctrl+X, Ctrl+V and Ctrl+D copy, cut, paste and duplicate, Del disconnects or deletes. Dotted edges with a hollow arrow stand in when a tier is not available.&lt;/p&gt;&lt;p&gt;Problems, the text itself and the history of edits are below; everything can be undone.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Die Policy als Karte: eine Anfrage trifft auf die Regeln, dann auf den Router, der eine Stufe wählt; bernsteinfarbene Kanten sagen, wann eine Antwort eskaliert. Ausgewähltes lässt sich rechts lesen und ändern.&lt;/p&gt;&lt;p&gt;Eine Pille mit Schwelle seitwärts ziehen oder auf ihr Umschalt+Links und Umschalt+Rechts drücken. Tab und die Pfeiltasten gehen durch die Karte, Eingabe bearbeitet.&lt;/p&gt;&lt;p&gt;Vom Punkt eines Knotens auf eine Stufe oder eine Person ziehen verbindet sie; ebenso C drücken, mit den Pfeiltasten wählen und Eingabe drücken. Eine Zeile darüber sagt, was geschrieben würde oder warum es nicht geht. Eine Stufe nach oben oder unten ziehen oder Alt+Auf und Alt+Ab drücken ändert die Reihenfolge. T, S, R, G, W, J, M und E fügen eine Stufe, einen Spezialisten, eine Regel, einen Trigger, eine Tabellenzeile, eine Judge-Rubrik, ein Modell und einen Endpunkt hinzu; F2 benennt um, Strg+C, Strg+X, Strg+V und Strg+D kopieren, schneiden aus, fügen ein und duplizieren, Entf trennt oder löscht. Gepunktete Kanten mit hohlem Pfeil springen ein, wenn eine Stufe nicht verfügbar ist.&lt;/p&gt;&lt;p&gt;Probleme, der Text selbst und der Verlauf der Änderungen stehen unten; alles lässt sich rückgängig machen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Next Pan&amp;e</source>
        <translation>Nä&amp;chster Bereich</translation>
    </message>
    <message>
        <source>Outline, map, inspector and what is below it, in turn.</source>
        <translation>Gliederung, Karte, Inspektor und was darunter steht, der Reihe nach.</translation>
    </message>
    <message>
        <source>Previous &amp;Pane</source>
        <translation>Voriger &amp;Bereich</translation>
    </message>
    <message>
        <source>The same, backwards.</source>
        <translation>Dasselbe rückwärts.</translation>
    </message>
    <message>
        <source>Fi&amp;x Problem</source>
        <translation>Problem be&amp;heben</translation>
    </message>
    <message>
        <source>Mends the problem at hand, in the list or at the cursor (Alt+Enter).</source>
        <translation>Behebt das aktuelle Problem, in der Liste oder am Cursor (Alt+Eingabe).</translation>
    </message>
    <message>
        <source>Fix &amp;All Problems</source>
        <translation>&amp;Alle Probleme beheben</translation>
    </message>
    <message>
        <source>Mends every problem that has a certain remedy, as one step.</source>
        <translation>Behebt jedes Problem mit eindeutiger Abhilfe, in einem Schritt.</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>Auf der Karte</translation>
    </message>
    <message>
        <source>arrow keys</source>
        <translation>Pfeiltasten</translation>
    </message>
    <message>
        <source>Walk the Map</source>
        <translation>Über die Karte gehen</translation>
    </message>
    <message>
        <source>Edit in the Inspector</source>
        <translation>Im Inspektor bearbeiten</translation>
    </message>
    <message>
        <source>Disconnect or Delete</source>
        <translation>Trennen oder löschen</translation>
    </message>
    <message>
        <source>Move Up or Down</source>
        <translation>Nach oben oder unten</translation>
    </message>
    <message>
        <source>A tier, a rule, a row of its list.</source>
        <translation>Eine Stufe, eine Regel, eine Zeile ihrer Liste.</translation>
    </message>
    <message>
        <source>Move a Threshold</source>
        <translation>Schwelle verschieben</translation>
    </message>
    <message>
        <source>On a pill that carries one.</source>
        <translation>Auf einem Schild, das eine trägt.</translation>
    </message>
    <message>
        <source>In the text</source>
        <translation>Im Text</translation>
    </message>
    <message>
        <source>Fix the Problem on This Line</source>
        <translation>Problem dieser Zeile beheben</translation>
    </message>
    <message>
        <source>Leave the Text</source>
        <translation>Text verlassen</translation>
    </message>
    <message>
        <source>Tab itself writes two spaces.</source>
        <translation>Tab selbst schreibt zwei Leerzeichen.</translation>
    </message>
    <message>
        <source>&amp;Browse Models…</source>
        <translation>&amp;Modelle ansehen…</translation>
    </message>
    <message>
        <source>Shows which models the endpoints offer, and adds those that are chosen.</source>
        <translation>Zeigt, welche Modelle die Endpunkte anbieten, und fügt gewählte hinzu.</translation>
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
        <source>Fix All (%1)</source>
        <translation>Alle beheben (%1)</translation>
    </message>
    <message>
        <source>Mends every problem that has a certain remedy, as one step (Ctrl+Alt+F)</source>
        <translation>Behebt jedes Problem mit eindeutiger Abhilfe, in einem Schritt (Strg+Alt+F)</translation>
    </message>
    <message numerus="yes">
        <source>Fix %n problem(s)</source>
        <translation>
            <numerusform>%n Problem beheben</numerusform>
            <numerusform>%n Probleme beheben</numerusform>
        </translation>
    </message>
    <message>
        <source>The text is still being read; try again in a moment</source>
        <translation>Der Text wird noch gelesen; gleich noch einmal versuchen</translation>
    </message>
    <message>
        <source>There is no certain remedy for this problem</source>
        <translation>Für dieses Problem gibt es keine eindeutige Abhilfe</translation>
    </message>
    <message>
        <source>fix: %1</source>
        <translation>beheben: %1</translation>
    </message>
    <message>
        <source>Nothing on this line has a certain remedy</source>
        <translation>Für nichts in dieser Zeile gibt es eine eindeutige Abhilfe</translation>
    </message>
    <message>
        <source>No problem has a certain remedy</source>
        <translation>Für kein Problem gibt es eine eindeutige Abhilfe</translation>
    </message>
    <message numerus="yes">
        <source>fix %n problem(s)</source>
        <translation>
            <numerusform>%n Problem beheben</numerusform>
            <numerusform>%n Probleme beheben</numerusform>
        </translation>
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
    <message>
        <source>Fix</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Opens the help on %1 (F1)</source>
        <translation>Öffnet die Hilfe zu %1 (F1)</translation>
    </message>
    <message>
        <source>%1 (Alt+Enter)</source>
        <translation>%1 (Alt+Eingabe)</translation>
    </message>
    <message>
        <source>Fix: %1</source>
        <translation>Beheben: %1</translation>
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
    <message>
        <source>Fix: %1</source>
        <translation>Beheben: %1</translation>
    </message>
    <message>
        <source>Go to the Place</source>
        <translation>Zur Stelle gehen</translation>
    </message>
    <message>
        <source>Why Is This a Problem?</source>
        <translation>Warum ist das ein Problem?</translation>
    </message>
</context>
<context>
    <name>signalbox::Recovery</name>
    <message>
        <source>What it was made from is not there any more, so what differs is not known.</source>
        <translation>Die Grundlage ist nicht mehr da; die Unterschiede sind daher nicht bekannt.</translation>
    </message>
    <message numerus="yes">
        <source>Its text is not valid JSON just now; %n line(s) differ from %1.</source>
        <translation>
            <numerusform>Der Text ist gerade kein gültiges JSON; %n Zeile weicht von %1 ab.</numerusform>
            <numerusform>Der Text ist gerade kein gültiges JSON; %n Zeilen weichen von %1 ab.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) differ from %1.</source>
        <translation>
            <numerusform>%n Zeile weicht von %1 ab.</numerusform>
            <numerusform>%n Zeilen weichen von %1 ab.</numerusform>
        </translation>
    </message>
    <message>
        <source>It says the same as %1 and is laid out differently.</source>
        <translation>Inhaltlich dasselbe wie %1, nur anders formatiert.</translation>
    </message>
    <message numerus="yes">
        <source>It differs from %1 in %n place(s), the first of them %2.</source>
        <translation>
            <numerusform>Weicht an %n Stelle von %1 ab, zuerst: %2.</numerusform>
            <numerusform>Weicht an %n Stellen von %1 ab, zuerst: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It differs from %1 in %n place(s): %2.</source>
        <translation>
            <numerusform>Weicht an %n Stelle von %1 ab: %2.</numerusform>
            <numerusform>Weicht an %n Stellen von %1 ab: %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (which has changed since)</source>
        <translation>%1 (seither geändert)</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>version %1 of the workspace %2</source>
        <translation>Version %1 des Arbeitsbereichs %2</translation>
    </message>
    <message>
        <source>Some files beside the recovery files were not read</source>
        <translation>Einige Dateien neben den Wiederherstellungsdateien wurden nicht gelesen</translation>
    </message>
    <message>
        <source>There is nothing to recover</source>
        <translation>Es gibt nichts wiederherzustellen</translation>
    </message>
    <message>
        <source>A policy without a name</source>
        <translation>Eine Policy ohne Namen</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>Recover Unsaved Changes</source>
        <translation>Ungespeicherte Änderungen wiederherstellen</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>The recovery file cannot be removed.</source>
        <translation>Die Wiederherstellungsdatei kann nicht entfernt werden.</translation>
    </message>
    <message numerus="yes">
        <source>Recovered; %n more can be had from the menu File</source>
        <translation>
            <numerusform>Wiederhergestellt; %n weitere ist über das Menü Datei erreichbar</numerusform>
            <numerusform>Wiederhergestellt; %n weitere sind über das Menü Datei erreichbar</numerusform>
        </translation>
    </message>
    <message>
        <source>recover unsaved changes</source>
        <translation>ungespeicherte Änderungen wiederherstellen</translation>
    </message>
    <message>
        <source>The unsaved changes are back; save them as a version to keep them</source>
        <translation>Die ungespeicherten Änderungen sind wieder da; als Version speichern, um sie zu behalten</translation>
    </message>
    <message>
        <source>It was never saved, so it is nowhere else.</source>
        <translation>Sie wurde nie gespeichert und steht nirgends sonst.</translation>
    </message>
    <message>
        <source>%1 was being edited when Signalbox ended without saving it. It was kept on %2.</source>
        <translation>%1 wurde bearbeitet, als Signalbox ohne Speichern endete. Aufbewahrt am %2.</translation>
    </message>
    <message>
        <source>Made from: %1</source>
        <translation>Grundlage: %1</translation>
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
    <message>
        <source>Compare…</source>
        <translation>Vergleichen…</translation>
    </message>
    <message>
        <source>Compare policies on the prompt</source>
        <translation>Policies an diesem Prompt vergleichen</translation>
    </message>
    <message>
        <source>Send the prompt through several policies or tiers, side by side (Ctrl+Alt+Enter)</source>
        <translation>Den Prompt durch mehrere Policies oder Stufen schicken, nebeneinander (Strg+Alt+Eingabe)</translation>
    </message>
    <message>
        <source>header %1: %2 ×</source>
        <extracomment>a header of a request and its value, and a cross that removes it</extracomment>
        <translation>Kopfzeile %1: %2 ×</translation>
    </message>
    <message>
        <source>Remove the header %1: %2</source>
        <translation>Die Kopfzeile %1 entfernen: %2</translation>
    </message>
    <message>
        <source>+ system prompt</source>
        <translation>+ System-Prompt</translation>
    </message>
    <message>
        <source>Add a system prompt</source>
        <translation>Einen System-Prompt hinzufügen</translation>
    </message>
    <message>
        <source>+ more</source>
        <translation>+ mehr</translation>
    </message>
    <message>
        <source>Add a turn, a header or a user tier</source>
        <translation>Einen Beitrag, eine Kopfzeile oder eine Nutzerstufe hinzufügen</translation>
    </message>
    <message>
        <source>Earlier &amp;Turn</source>
        <translation>Früherer &amp;Beitrag</translation>
    </message>
    <message>
        <source>&amp;Header…</source>
        <translation>&amp;Kopfzeile…</translation>
    </message>
    <message>
        <source>Add a Header</source>
        <translation>Kopfzeile hinzufügen</translation>
    </message>
    <message>
        <source>Name and value, as in X-Team: billing</source>
        <translation>Name und Wert, wie in X-Team: billing</translation>
    </message>
    <message>
        <source>&amp;User Tier</source>
        <translation>&amp;Nutzerstufe</translation>
    </message>
    <message>
        <source>The policy has no user tiers</source>
        <translation>Die Policy hat keine Nutzerstufen</translation>
    </message>
    <message>
        <source>Puts in the metadata and headers that make it</source>
        <translation>Setzt die Metadaten und Kopfzeilen ein, die sie ausmachen</translation>
    </message>
    <message>
        <source>No metadata or header makes it</source>
        <translation>Keine Metadaten und keine Kopfzeile machen sie aus</translation>
    </message>
</context>
<context>
    <name>signalbox::SandboxFaults</name>
    <message>
        <source>Every model</source>
        <translation>Jedes Modell</translation>
    </message>
    <message>
        <source>Judge %1</source>
        <translation>Judge %1</translation>
    </message>
    <message>
        <source>Endpoint %1</source>
        <translation>Endpunkt %1</translation>
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
    <message>
        <source>Restored v%1</source>
        <translation>v%1 wiederhergestellt</translation>
    </message>
    <message>
        <source>v%1 is the newest version already</source>
        <translation>v%1 ist schon die neueste Version</translation>
    </message>
    <message>
        <source>v%1 restored as v%2</source>
        <translation>v%1 als v%2 wiederhergestellt</translation>
    </message>
    <message>
        <source>v%1 restored as v%2; the editor keeps its unsaved policy</source>
        <translation>v%1 als v%2 wiederhergestellt; der Editor behält seine ungespeicherte Policy</translation>
    </message>
    <message>
        <source>%1 is now v%2</source>
        <translation>%1 ist jetzt v%2</translation>
    </message>
    <message>
        <source>%1 was taken away</source>
        <translation>%1 entfernt</translation>
    </message>
    <message>
        <source>The policy was not saved.</source>
        <translation>Die Policy wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>Nothing of %1 is left to run</source>
        <translation>Von %1 ist nichts mehr auszuführen</translation>
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
    <name>signalbox::SideColumn</name>
    <message>
        <source>Side column</source>
        <translation>Seitenspalte</translation>
    </message>
</context>
<context>
    <name>signalbox::StatusRow</name>
    <message>
        <source>Faults that are switched on</source>
        <translation>Eingeschaltete Störungen</translation>
    </message>
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
        <source>Undo: “%1”</source>
        <translation>Rückgängig: „%1“</translation>
    </message>
    <message numerus="yes">
        <source>%n to write</source>
        <extracomment>%n is a number of traces</extracomment>
        <translation>
            <numerusform>%n zu schreiben</numerusform>
            <numerusform>%n zu schreiben</numerusform>
        </translation>
    </message>
    <message>
        <source>Kept at %1</source>
        <translation>Gesichert um %1</translation>
    </message>
    <message>
        <source>Unsaved changes are kept in a recovery file, in case Signalbox ends unexpectedly.</source>
        <translation>Ungespeicherte Änderungen liegen in einer Wiederherstellungsdatei, falls Signalbox unerwartet endet.</translation>
    </message>
    <message>
        <source>Autosave pauses: %1</source>
        <translation>Automatisches Sichern pausiert: %1</translation>
    </message>
    <message>
        <source>Autosave failed: %1</source>
        <translation>Automatisches Sichern gescheitert: %1</translation>
    </message>
    <message>
        <source>Reading the policy</source>
        <translation>Policy wird gelesen</translation>
    </message>
    <message>
        <source>Mending the problems</source>
        <translation>Probleme werden behoben</translation>
    </message>
    <message>
        <source>Preparing the policy&apos;s patterns</source>
        <translation>Muster der Policy werden vorbereitet</translation>
    </message>
    <message>
        <source>Fault: %1</source>
        <translation>Störung: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s) on</source>
        <translation>
            <numerusform>%n Störung an</numerusform>
            <numerusform>%n Störungen an</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::TextDiff</name>
    <message>
        <source>Differences of the texts, line by line</source>
        <translation>Unterschiede der Texte, Zeile für Zeile</translation>
    </message>
    <message>
        <source>No line differs.</source>
        <translation>Keine Zeile weicht ab.</translation>
    </message>
    <message numerus="yes">
        <source>⋯ %n unchanged line(s)</source>
        <translation>
            <numerusform>⋯ %n unveränderte Zeile</numerusform>
            <numerusform>⋯ %n unveränderte Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>⋯ %n more line(s) are not shown</source>
        <translation>
            <numerusform>⋯ %n weitere Zeile wird nicht gezeigt</numerusform>
            <numerusform>⋯ %n weitere Zeilen werden nicht gezeigt</numerusform>
        </translation>
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
    <message>
        <source>Open in Playground</source>
        <translation>Im Probelauf öffnen</translation>
    </message>
    <message>
        <source>Replay it, compare it, or look at what went over the wire (Ctrl+P)</source>
        <translation>Wiederholen, vergleichen oder ansehen, was über die Leitung ging (Strg+P)</translation>
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
    <message>
        <source>Tokens are of disjoint classes; – stands for what the server did not report.</source>
        <translation>Die Token-Klassen überschneiden sich nicht; – steht für das, was der Server nicht gemeldet hat.</translation>
    </message>
    <message>
        <source>used</source>
        <translation>verwendet</translation>
    </message>
    <message>
        <source>by words %1, by nearness %2</source>
        <translation>nach Wörtern %1, nach Nähe %2</translation>
    </message>
    <message>
        <source>No tier was called: the answer is that of trace %1, to a question that is %2 alike. It was given %3 before, and had cost %4.</source>
        <translation>Keine Stufe wurde befragt: Die Antwort ist die des Trace %1 auf eine zu %2 gleiche Frage. Sie wurde %3 zuvor gegeben und hatte %4 gekostet.</translation>
    </message>
    <message>
        <source>Calls %1</source>
        <translation>Ruft %1 auf</translation>
    </message>
    <message>
        <source>The draft was ended: %1.</source>
        <translation>Der Entwurf wurde beendet: %1.</translation>
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
    <message>
        <source>cache</source>
        <translation>Cache</translation>
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
    <message>
        <source>&amp;Open in Playground</source>
        <translation>Im &amp;Probelauf öffnen</translation>
    </message>
    <message>
        <source>Shows the selected trace in the Playground, to replay it or to see its requests.</source>
        <translation>Zeigt den gewählten Trace im Probelauf, um ihn zu wiederholen oder seine Anfragen zu sehen.</translation>
    </message>
</context>
<context>
    <name>signalbox::Traffic</name>
    <message>
        <source>Stable intents, lots of labels</source>
        <translation>Stabile Intents, viele Labels</translation>
    </message>
    <message>
        <source>A trained classifier sends each intent to the specialist for it; an unsure specialist hands up.</source>
        <translation>Ein trainierter Klassifikator schickt jeden Intent an seinen Spezialisten; ein unsicherer Spezialist gibt nach oben ab.</translation>
    </message>
    <message>
        <source>Classifier router + specialist tiers</source>
        <translation>Klassifikator als Router + Spezialisten-Stufen</translation>
    </message>
    <message>
        <source>LLM-as-router on every request</source>
        <translation>LLM als Router bei jeder Anfrage</translation>
    </message>
    <message>
        <source>With labels at hand a classifier decides in a few milliseconds for almost nothing, and each specialist can be measured on the intents it owns.</source>
        <translation>Mit vorhandenen Labels entscheidet ein Klassifikator in wenigen Millisekunden fast kostenlos, und jeder Spezialist lässt sich an seinen Intents messen.</translation>
    </message>
    <message>
        <source>Highly variable phrasing, few labels</source>
        <translation>Stark wechselnde Formulierungen, wenige Labels</translation>
    </message>
    <message>
        <source>The nearest cluster of example sentences picks the tier; what is near to none goes to the mid tier.</source>
        <translation>Der nächste Cluster von Beispielsätzen wählt die Stufe; was keinem nahe ist, geht an die mittlere Stufe.</translation>
    </message>
    <message>
        <source>Embedding clusters + mid-tier default</source>
        <translation>Embedding-Cluster + mittlere Stufe als Standard</translation>
    </message>
    <message>
        <source>Brittle regex-only rules</source>
        <translation>Brüchige Regeln nur aus regulären Ausdrücken</translation>
    </message>
    <message>
        <source>Clusters understand paraphrase and need only a few example sentences each; the mid tier answers what no cluster knows.</source>
        <translation>Cluster verstehen Umschreibungen und brauchen je nur wenige Beispielsätze; die mittlere Stufe beantwortet, was kein Cluster kennt.</translation>
    </message>
    <message>
        <source>Strict compliance, data residency</source>
        <translation>Strenge Compliance, Datenresidenz</translation>
    </message>
    <message>
        <source>Rules keep personal data on your own machines; the cloud is asked only for what may leave them.</source>
        <translation>Regeln halten personenbezogene Daten auf eigenen Rechnern; die Cloud wird nur zu dem befragt, was diese verlassen darf.</translation>
    </message>
    <message>
        <source>Rule overrides + on-prem SLM pool</source>
        <translation>Vorrangige Regeln + On-Prem-Pool aus SLMs</translation>
    </message>
    <message>
        <source>Cloud frontier for all PII-bearing threads</source>
        <translation>Frontier-Modell in der Cloud für alle Gespräche mit personenbezogenen Daten</translation>
    </message>
    <message>
        <source>Rules are auditable and cannot be overridden by anything that was learned; personal data never has a way to the cloud.</source>
        <translation>Regeln sind prüfbar, und nichts Gelerntes kann sie außer Kraft setzen; personenbezogene Daten haben nie einen Weg in die Cloud.</translation>
    </message>
    <message>
        <source>Interactive chat, tight p95 latency</source>
        <translation>Interaktiver Chat, knappe p95-Latenz</translation>
    </message>
    <message>
        <source>Two models start almost together; the first answer that passes a light check is shown.</source>
        <translation>Zwei Modelle starten fast gleichzeitig; die erste Antwort, die eine leichte Prüfung besteht, wird gezeigt.</translation>
    </message>
    <message>
        <source>Parallel race</source>
        <translation>Paralleler Wettlauf</translation>
    </message>
    <message>
        <source>Three-hop serial waterfall</source>
        <translation>Serieller Wasserfall mit drei Hops</translation>
    </message>
    <message>
        <source>A race cuts the tail: a slow or refused answer costs no second wait. Serial hops would add up to more than the objective.</source>
        <translation>Ein Wettlauf kappt die langsamen Ausreißer: eine langsame oder verweigerte Antwort kostet kein zweites Warten. Serielle Hops würden sich über das Ziel hinaus summieren.</translation>
    </message>
    <message>
        <source>Batch document processing</source>
        <translation>Stapelverarbeitung von Dokumenten</translation>
    </message>
    <message>
        <source>Everything begins at the cheapest tier; what a judge does not accept goes up, one tier at a time.</source>
        <translation>Alles beginnt bei der günstigsten Stufe; was ein Judge nicht annimmt, geht nach oben, Stufe für Stufe.</translation>
    </message>
    <message>
        <source>Waterfall cascade with aggressive T0</source>
        <translation>Wasserfall-Kaskade mit aggressivem T0</translation>
    </message>
    <message>
        <source>Parallel race, which wastes compute</source>
        <translation>Paralleler Wettlauf, der Rechenleistung verschwendet</translation>
    </message>
    <message>
        <source>Nobody waits, so serial hops cost nothing but time, and most documents never leave the cheapest tier.</source>
        <translation>Niemand wartet, daher kosten serielle Hops nur Zeit, und die meisten Dokumente verlassen die günstigste Stufe nie.</translation>
    </message>
    <message>
        <source>Agent with tools</source>
        <translation>Agent mit Tools</translation>
    </message>
    <message>
        <source>The length of the tool chain that a request needs picks the tier; malformed tool calls go up.</source>
        <translation>Die Länge der Tool-Kette, die eine Anfrage braucht, wählt die Stufe; fehlerhafte Tool-Aufrufe gehen nach oben.</translation>
    </message>
    <message>
        <source>Route by planned tool-chain complexity</source>
        <translation>Nach Komplexität der geplanten Tool-Kette routen</translation>
    </message>
    <message>
        <source>SLM for multi-step tool planning without escalation</source>
        <translation>SLM für mehrschrittige Tool-Planung ohne Eskalation</translation>
    </message>
    <message>
        <source>One call is easy, a plan of several is not: small models fail on plans quietly, so they get none, and what goes wrong is handed up.</source>
        <translation>Ein Aufruf ist leicht, ein Plan aus mehreren nicht: kleine Modelle scheitern an Plänen unbemerkt, daher bekommen sie keine, und was schiefgeht, wird nach oben abgegeben.</translation>
    </message>
    <message>
        <source>Early product, unknown distribution</source>
        <translation>Frühes Produkt, unbekannte Verteilung</translation>
    </message>
    <message>
        <source>The frontier model answers everything, and every trace is kept for a cheaper policy later.</source>
        <translation>Das Frontier-Modell beantwortet alles, und jeder Trace bleibt für eine spätere, günstigere Policy erhalten.</translation>
    </message>
    <message>
        <source>Frontier-first + log for later distillation</source>
        <translation>Frontier zuerst + Log für spätere Destillation</translation>
    </message>
    <message>
        <source>Premature four-tier cascade without eval data</source>
        <translation>Verfrühte Kaskade aus vier Stufen ohne Eval-Daten</translation>
    </message>
    <message>
        <source>Until it is known what people ask, a cascade would be tuned on guesses; recorded traffic is what a router can be trained and judged on.</source>
        <translation>Solange unbekannt ist, was gefragt wird, würde eine Kaskade nach Vermutungen abgestimmt; an aufgezeichnetem Verkehr lässt sich ein Router trainieren und messen.</translation>
    </message>
    <message>
        <source>State the base URL of the server: it begins with https:// and often ends in /v1.</source>
        <translation>Die Basis-URL des Servers angeben: sie beginnt mit https:// und endet oft auf /v1.</translation>
    </message>
    <message>
        <source>The URL of the server on your own machines begins with http:// or https://.</source>
        <translation>Die URL des Servers auf eigenen Rechnern beginnt mit http:// oder https://.</translation>
    </message>
    <message>
        <source>Personal data that stays on your own machines needs a server there: state its URL.</source>
        <translation>Personenbezogene Daten, die auf eigenen Rechnern bleiben, brauchen dort einen Server: seine URL angeben.</translation>
    </message>
    <message>
        <source>Name all models as the servers call them.</source>
        <translation>Alle Modelle so benennen, wie die Server sie nennen.</translation>
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
    <message>
        <source>%1, medium from score</source>
        <translation>%1, mittel ab</translation>
    </message>
    <message>
        <source>%1, hard from score</source>
        <translation>%1, schwer ab</translation>
    </message>
    <message>
        <source>%1, similarity from</source>
        <translation>%1, Ähnlichkeit ab</translation>
    </message>
    <message>
        <source>%1, lead from</source>
        <translation>%1, Abstand ab</translation>
    </message>
    <message>
        <source>%1, weak suffices from</source>
        <translation>%1, schwach genügt ab</translation>
    </message>
    <message>
        <source>%1, neighbours</source>
        <translation>%1, Nachbarn</translation>
    </message>
    <message>
        <source>%1, quality from</source>
        <translation>%1, Qualität ab</translation>
    </message>
    <message>
        <source>%1, exploration</source>
        <translation>%1, Exploration</translation>
    </message>
    <message>
        <source>%1, confidence from</source>
        <translation>%1, Konfidenz ab</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>Confidence %1, below</source>
        <translation>Konfidenz %1, unter</translation>
    </message>
    <message>
        <source>Retrieval %1, below</source>
        <translation>Retrieval %1, unter</translation>
    </message>
    <message>
        <source>Stated confidence %1, below</source>
        <translation>Angegebene Konfidenz %1, unter</translation>
    </message>
    <message>
        <source>Log-probability %1, below</source>
        <translation>Log-Wahrscheinlichkeit %1, unter</translation>
    </message>
    <message>
        <source>Stall %1, after</source>
        <translation>Stillstand %1, nach</translation>
    </message>
    <message>
        <source>%1, first token</source>
        <translation>%1, erstes Token</translation>
    </message>
    <message>
        <source>Cache, similarity from</source>
        <translation>Cache, Ähnlichkeit ab</translation>
    </message>
    <message>
        <source>Race, next lane after</source>
        <translation>Wettlauf, nächste Lane nach</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>User tier %1</source>
        <translation>Nutzerstufe %1</translation>
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
        <source>%1 of the costs are estimates</source>
        <translation>%1 der Kosten sind geschätzt</translation>
    </message>
    <message>
        <source>set %1 to %2</source>
        <translation>%1 auf %2 setzen</translation>
    </message>
    <message>
        <source>The policy was changed: %1.</source>
        <translation>Die Policy wurde geändert: %1.</translation>
    </message>
    <message>
        <source>The policy cannot be run yet</source>
        <translation>Die Policy kann noch nicht ausgeführt werden</translation>
    </message>
</context>
<context>
    <name>signalbox::TurnsEditor</name>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>Who says it</source>
        <translation>Wer es sagt</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove this turn</source>
        <translation>Diesen Beitrag entfernen</translation>
    </message>
    <message>
        <source>Turn %1</source>
        <translation>Beitrag %1</translation>
    </message>
</context>
<context>
    <name>signalbox::VersionDetails</name>
    <message>
        <source>Open in Editor</source>
        <translation>Im Editor öffnen</translation>
    </message>
    <message>
        <source>Restore as New Version</source>
        <translation>Als neue Version wiederherstellen</translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation>Tag…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Autor</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>Grundlage</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Content hash</source>
        <translation>Inhalts-Hash</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Way of the tags</source>
        <translation>Weg der Tags</translation>
    </message>
    <message>
        <source>Adds the content of this version as the newest one. Nothing is overwritten.</source>
        <translation>Fügt den Inhalt dieser Version als neueste hinzu. Nichts wird überschrieben.</translation>
    </message>
    <message>
        <source>Puts a tag such as production on this version, off the one that has it.</source>
        <translation>Setzt ein Tag wie production auf diese Version und nimmt es der, die es hat.</translation>
    </message>
    <message>
        <source>Writes this version as a checked file.</source>
        <translation>Schreibt diese Version als geprüfte Datei.</translation>
    </message>
    <message>
        <source>No version</source>
        <translation>Keine Version</translation>
    </message>
    <message>
        <source>Is in the Editor</source>
        <translation>Ist im Editor</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>(no message)</source>
        <translation>(keine Nachricht)</translation>
    </message>
    <message>
        <source>nothing: it is the first</source>
        <translation>nichts: sie ist die erste</translation>
    </message>
    <message>
        <source>%1, restored</source>
        <translation>%1, wiederhergestellt</translation>
    </message>
    <message>
        <source>no trace of this content</source>
        <translation>kein Trace mit diesem Inhalt</translation>
    </message>
    <message numerus="yes">
        <source>%n trace(s) of this content</source>
        <translation>
            <numerusform>%n Trace mit diesem Inhalt</numerusform>
            <numerusform>%n Traces mit diesem Inhalt</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the tag %1 away</source>
        <translation>Das Tag %1 entfernen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>No tag was ever moved.</source>
        <translation>Noch kein Tag wurde verschoben.</translation>
    </message>
    <message>
        <source>%1 taken off v%2</source>
        <translation>%1 von v%2 entfernt</translation>
    </message>
    <message>
        <source>%1 put on v%2</source>
        <translation>%1 auf v%2 gesetzt</translation>
    </message>
    <message>
        <source>%1 moved v%2 → v%3</source>
        <translation>%1 verschoben v%2 → v%3</translation>
    </message>
</context>
<context>
    <name>signalbox::VersionModel</name>
    <message numerus="yes">
        <source>%n trace(s)</source>
        <translation>
            <numerusform>%n Trace</numerusform>
            <numerusform>%n Traces</numerusform>
        </translation>
    </message>
    <message>
        <source>in the editor</source>
        <translation>im Editor</translation>
    </message>
    <message>
        <source>(no message)</source>
        <translation>(keine Nachricht)</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>tagged %1</source>
        <translation>mit Tag %1</translation>
    </message>
    <message>
        <source>restores version %1</source>
        <translation>stellt Version %1 wieder her</translation>
    </message>
    <message>
        <source>made from version %1</source>
        <translation>entstanden aus Version %1</translation>
    </message>
</context>
<context>
    <name>signalbox::VersionsPage</name>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>&lt;p&gt;Every saved state of the policy, as a tree: who saved it, when, and why. Select one to see what it changed, on the map, in sentences and line by line; compare it with any other at the top.&lt;/p&gt;&lt;p&gt;Tags such as &lt;i&gt;production&lt;/i&gt; stand on one version at a time and remember their way. Restoring an old version adds its content as a new one: nothing is ever overwritten.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Jeder gespeicherte Stand der Policy, als Baum: wer ihn gespeichert hat, wann und warum. Eine Version auswählen, um zu sehen, was sie geändert hat: auf der Karte, in Sätzen und Zeile für Zeile; oben lässt sie sich mit jeder anderen vergleichen.&lt;/p&gt;&lt;p&gt;Tags wie &lt;i&gt;production&lt;/i&gt; stehen auf je einer Version und merken sich ihren Weg. Eine alte Version wiederherstellen fügt ihren Inhalt als neue hinzu: nichts wird je überschrieben.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Save Version</source>
        <translation>Version speichern</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Policy</translation>
    </message>
    <message>
        <source>Versions, newest first</source>
        <translation>Versionen, neueste zuerst</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>How the differences are shown</source>
        <translation>Darstellung der Unterschiede</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Whole text</source>
        <translation>Ganzer Text</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>&amp;Open in Editor</source>
        <translation>Im Editor ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Opens the selected version in the editor.</source>
        <translation>Öffnet die ausgewählte Version im Editor.</translation>
    </message>
    <message>
        <source>&amp;Restore as New Version</source>
        <translation>Als neue Version &amp;wiederherstellen</translation>
    </message>
    <message>
        <source>Adds the content of the selected version as a new one.</source>
        <translation>Fügt den Inhalt der ausgewählten Version als neue hinzu.</translation>
    </message>
    <message>
        <source>&amp;Tag…</source>
        <translation>&amp;Tag…</translation>
    </message>
    <message>
        <source>Puts a tag on the selected version.</source>
        <translation>Setzt ein Tag auf die ausgewählte Version.</translation>
    </message>
    <message>
        <source>&amp;Export This Version…</source>
        <translation>Diese Version &amp;exportieren…</translation>
    </message>
    <message>
        <source>Writes the selected version as a checked file.</source>
        <translation>Schreibt die ausgewählte Version als geprüfte Datei.</translation>
    </message>
    <message>
        <source>Map or Te&amp;xt</source>
        <translation>Karte oder Te&amp;xt</translation>
    </message>
    <message>
        <source>Shows the differences on the map or line by line.</source>
        <translation>Zeigt die Unterschiede auf der Karte oder Zeile für Zeile.</translation>
    </message>
    <message>
        <source>No version is saved yet</source>
        <translation>Noch keine Version gespeichert</translation>
    </message>
    <message>
        <source>No workspace is open</source>
        <translation>Kein Arbeitsbereich geöffnet</translation>
    </message>
    <message>
        <source>Every saved state of the policy will stand here, with what it changed. Nothing is ever overwritten.</source>
        <translation>Hier wird jeder gespeicherte Stand der Policy stehen, mit dem, was er geändert hat. Nichts wird je überschrieben.</translation>
    </message>
    <message>
        <source>Versions of policies are kept in a workspace. Open or create one first.</source>
        <translation>Versionen von Policies liegen in einem Arbeitsbereich. Zuerst einen öffnen oder anlegen.</translation>
    </message>
    <message>
        <source>nothing: it is the first</source>
        <translation>nichts: sie ist die erste</translation>
    </message>
    <message>
        <source>v%1 · %2</source>
        <translation>v%1 · %2</translation>
    </message>
    <message>
        <source>v%1, which it was made from</source>
        <translation>v%1, ihre Grundlage</translation>
    </message>
    <message>
        <source>what is in the editor</source>
        <translation>was im Editor steht</translation>
    </message>
    <message>
        <source>v%1 compared with</source>
        <translation>v%1 verglichen mit</translation>
    </message>
    <message>
        <source>It is the first: there is nothing to compare it with.</source>
        <translation>Sie ist die erste: es gibt nichts zum Vergleichen.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n Änderung</numerusform>
            <numerusform>%n Änderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Both say the same; only the layout differs.</source>
        <translation>Beide sagen dasselbe; nur das Layout ist verschieden.</translation>
    </message>
    <message>
        <source>Both are the same.</source>
        <translation>Beide sind gleich.</translation>
    </message>
    <message>
        <source>Text +%1 −%2</source>
        <translation>Text +%1 −%2</translation>
    </message>
    <message>
        <source>Tag v%1</source>
        <translation>v%1 mit Tag versehen</translation>
    </message>
    <message>
        <source>Tag (a–z, 0–9 and “-”); it leaves the version that has it now:</source>
        <translation>Tag (a–z, 0–9 und „-“); die Version, die es jetzt hat, verliert es:</translation>
    </message>
    <message>
        <source>Open v%1</source>
        <translation>v%1 öffnen</translation>
    </message>
    <message>
        <source>The policy in the editor has changes that are not saved as a version.</source>
        <translation>Die Policy im Editor hat Änderungen, die nicht als Version gespeichert sind.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
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
        <source>a gate of the policy: %1</source>
        <translation>ein Gate der Policy: %1</translation>
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
    <message>
        <source>it was the first acceptable answer of the race</source>
        <translation>es war die erste annehmbare Antwort des Rennens</translation>
    </message>
    <message>
        <source>another one won the race, and it was stopped</source>
        <translation>eine andere gewann das Rennen, sie wurde angehalten</translation>
    </message>
    <message>
        <source>the race: %1</source>
        <translation>das Rennen: %1</translation>
    </message>
    <message>
        <source>the specialist was not sure</source>
        <translation>der Spezialist war sich nicht sicher</translation>
    </message>
    <message>
        <source>whether the answers agree: %1</source>
        <translation>ob die Antworten übereinstimmen: %1</translation>
    </message>
    <message>
        <source>whether the samples agree: %1</source>
        <translation>ob die Stichproben übereinstimmen: %1</translation>
    </message>
    <message>
        <source>a stage of the pipeline: %1</source>
        <translation>eine Phase der Pipeline: %1</translation>
    </message>
    <message>
        <source>evidence gathered in the background: %1</source>
        <translation>im Hintergrund gesammelte Belege: %1</translation>
    </message>
    <message>
        <source>a tier stands in for one that is not available: %1</source>
        <translation>eine Stufe vertritt eine, die nicht verfügbar ist: %1</translation>
    </message>
    <message>
        <source>an earlier answer was given again</source>
        <translation>eine frühere Antwort wurde wieder gegeben</translation>
    </message>
    <message>
        <source>the cache of answers: %1</source>
        <translation>der Cache der Antworten: %1</translation>
    </message>
    <message>
        <source>the search of documents: %1</source>
        <translation>die Suche in den Dokumenten: %1</translation>
    </message>
    <message>
        <source>the answer that had begun to come was begun anew</source>
        <translation>die begonnene Antwort fing von vorn an</translation>
    </message>
    <message>
        <source>a replica was not available, and another one of the tier was asked</source>
        <translation>eine Replik war nicht verfügbar, und eine andere der Stufe wurde gefragt</translation>
    </message>
    <message>
        <source>it broke off while it was read, and what had come is all that came</source>
        <translation>sie brach beim Lesen ab, und was gekommen war, ist alles</translation>
    </message>
    <message>
        <source>%1 + %2 written</source>
        <translation>%1 + %2 geschrieben</translation>
    </message>
    <message>
        <source>by the model itself</source>
        <translation>vom Modell selbst</translation>
    </message>
    <message>
        <source>cut off at its longest</source>
        <translation>bei der Höchstlänge abgeschnitten</translation>
    </message>
    <message>
        <source>by a filter of the provider</source>
        <translation>durch einen Filter des Anbieters</translation>
    </message>
    <message>
        <source>with calls of tools</source>
        <translation>mit Aufrufen von Werkzeugen</translation>
    </message>
    <message>
        <source>for another reason</source>
        <translation>aus einem anderen Grund</translation>
    </message>
</context>
</TS>
