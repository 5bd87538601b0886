<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
