<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>FaultVerdict</name>
    <message numerus="yes">
        <source>%n try(s)</source>
        <translation>
            <numerusform>%n try</numerusform>
            <numerusform>%n tries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message numerus="yes">
        <source>%n try(s)</source>
        <translation>
            <numerusform>%n try</numerusform>
            <numerusform>%n tries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::BatchPanel</name>
    <message numerus="yes">
        <source>Resume the run: %n left</source>
        <extracomment>%n is a number of prompts that are left</extracomment>
        <translation>
            <numerusform>Resume the run: %n left</numerusform>
            <numerusform>Resume the run: %n left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resume all tiers: %n left</source>
        <translation>
            <numerusform>Resume all tiers: %n left</numerusform>
            <numerusform>Resume all tiers: %n left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ChangeText</name>
    <message numerus="yes">
        <source>%n changes: %1 …</source>
        <translation>
            <numerusform>%n change: %1 …</numerusform>
            <numerusform>%n changes: %1 …</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::CompareCell</name>
    <message numerus="yes">
        <source>answered after %n escalation(s)</source>
        <translation>
            <numerusform>answered after %n escalation</numerusform>
            <numerusform>answered after %n escalations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::CompareDialog</name>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%n column</numerusform>
            <numerusform>%n columns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ComparePanel</name>
    <message numerus="yes">
        <source>%n still running</source>
        <translation>
            <numerusform>%n still running</numerusform>
            <numerusform>%n still running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) side by side</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers side by side</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::DashboardCharts</name>
    <message numerus="yes">
        <source>; %n older run(s) are not counted</source>
        <translation>
            <numerusform>; %n older run are not counted</numerusform>
            <numerusform>; %n older runs are not counted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n escalation(s); the most frequent reason is %1.</source>
        <translation>
            <numerusform>%n escalation; the most frequent reason is %1.</numerusform>
            <numerusform>%n escalations; the most frequent reason is %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::FaultLab</name>
    <message numerus="yes">
        <source>%n fault(s) on</source>
        <translation>
            <numerusform>%n fault on</numerusform>
            <numerusform>%n faults on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It goes off after %n more request(s).</source>
        <translation>
            <numerusform>It goes off after %n more request.</numerusform>
            <numerusform>It goes off after %n more requests.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It has hit %n request(s).</source>
        <translation>
            <numerusform>It has hit %n request.</numerusform>
            <numerusform>It has hit %n requests.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::FaultsModel</name>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n hit</numerusform>
            <numerusform>%n hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::InspectorForm</name>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n word</numerusform>
            <numerusform>%n words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n example</numerusform>
            <numerusform>%n examples</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::LoadWindow</name>
    <message numerus="yes">
        <source>%1 · %n prompt(s)</source>
        <translation>
            <numerusform>%1 · %n prompt</numerusform>
            <numerusform>%1 · %n prompts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n under way</source>
        <translation>
            <numerusform>%n under way</numerusform>
            <numerusform>%n under way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) sent</source>
        <translation>
            <numerusform>%n request sent</numerusform>
            <numerusform>%n requests sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the policy&apos;s worst case is %n hop(s)</source>
        <translation>
            <numerusform>the policy&apos;s worst case is %n hop</numerusform>
            <numerusform>the policy&apos;s worst case is %n hops</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hop(s) deep</source>
        <translation>
            <numerusform>%n hop deep</numerusform>
            <numerusform>%n hops deep</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Latencies of %n request(s) on a logarithmic scale.</source>
        <translation>
            <numerusform>Latency of %n request on a logarithmic scale.</numerusform>
            <numerusform>Latencies of %n requests on a logarithmic scale.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::OffersDialog</name>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n model(s) of a longer list</source>
        <translation>
            <numerusform>The first %n model of a longer list</numerusform>
            <numerusform>The first %n models of a longer list</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::PolicyGraph</name>
    <message numerus="yes">
        <source>%n, in order</source>
        <translation>
            <numerusform>%n, in order</numerusform>
            <numerusform>%n, in order</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more tiers</source>
        <translation>
            <numerusform>and %n more tier</numerusform>
            <numerusform>and %n more tiers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::PolicyView</name>
    <message numerus="yes">
        <source>Fix %n problem(s)</source>
        <translation>
            <numerusform>Fix %n problem</numerusform>
            <numerusform>Fix %n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>fix %n problem(s)</source>
        <translation>
            <numerusform>fix %n problem</numerusform>
            <numerusform>fix %n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::Recovery</name>
    <message numerus="yes">
        <source>Its text is not valid JSON just now; %n line(s) differ from %1.</source>
        <translation>
            <numerusform>Its text is not valid JSON just now; %n line differs from %1.</numerusform>
            <numerusform>Its text is not valid JSON just now; %n lines differ from %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) differ from %1.</source>
        <translation>
            <numerusform>%n line differs from %1.</numerusform>
            <numerusform>%n lines differ from %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It differs from %1 in %n place(s), the first of them %2.</source>
        <translation>
            <numerusform>It differs from %1 in %n place: %2.</numerusform>
            <numerusform>It differs from %1 in %n places, the first of them %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It differs from %1 in %n place(s): %2.</source>
        <translation>
            <numerusform>It differs from %1 in %n place: %2.</numerusform>
            <numerusform>It differs from %1 in %n places: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Recovered; %n more can be had from the menu File</source>
        <translation>
            <numerusform>Recovered; %n more can be had from the menu File</numerusform>
            <numerusform>Recovered; %n more can be had from the menu File</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::Session</name>
    <message numerus="yes">
        <source>%n prompt(s) imported</source>
        <translation>
            <numerusform>%n prompt imported</numerusform>
            <numerusform>%n prompts imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n line(s) left out</source>
        <translation>
            <numerusform>, %n line left out</numerusform>
            <numerusform>, %n lines left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::StatusRow</name>
    <message numerus="yes">
        <source>, %n failed</source>
        <translation>
            <numerusform>, %n failed</numerusform>
            <numerusform>, %n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n could not be written</source>
        <translation>
            <numerusform>, %n could not be written</numerusform>
            <numerusform>, %n could not be written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to write</source>
        <extracomment>%n is a number of traces</extracomment>
        <translation>
            <numerusform>%n to write</numerusform>
            <numerusform>%n to write</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s) on</source>
        <translation>
            <numerusform>%n fault on</numerusform>
            <numerusform>%n faults on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::TextDiff</name>
    <message numerus="yes">
        <source>⋯ %n unchanged line(s)</source>
        <translation>
            <numerusform>⋯ %n unchanged line</numerusform>
            <numerusform>⋯ %n unchanged lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>⋯ %n more line(s) are not shown</source>
        <translation>
            <numerusform>⋯ %n more line is not shown</numerusform>
            <numerusform>⋯ %n more lines are not shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::TitleRow</name>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::VersionDetails</name>
    <message numerus="yes">
        <source>%n trace(s) of this content</source>
        <translation>
            <numerusform>%n trace of this content</numerusform>
            <numerusform>%n traces of this content</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::VersionModel</name>
    <message numerus="yes">
        <source>%n trace(s)</source>
        <translation>
            <numerusform>%n trace</numerusform>
            <numerusform>%n traces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::VersionsPage</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::Words</name>
    <message numerus="yes">
        <source>≥ %1 (%n part(s) unknown)</source>
        <translation>
            <numerusform>≥ %1 (%n part unknown)</numerusform>
            <numerusform>≥ %1 (%n parts unknown)</numerusform>
        </translation>
    </message>
</context>
</TS>
