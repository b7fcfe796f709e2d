// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Other weights from the command line, as a table and as a picture. */
class SensitivityCommandTest {

    private static final String PATH = "/api/v1/sensitivity";

    private static final String ANSWER = """
            {"decision":"d1","at":"2026-11-20T10:00:00Z","strategy":{"id":"optimal","version":"0.1.0"},
             "objective":"carbon","weight":0.5,"normalised":%s,"complete":%s,"message":"%s",
             "objectives":[{"objective":"carbon","unit":"kg CO2eq/h","weight":0.5,"level":0},
                           {"objective":"fun","unit":"<b> & more","weight":0,"level":0},
                           {"objective":"latency","unit":"ms","weight":0,"level":0},
                           {"objective":"moves","unit":"","weight":1,"level":1}],
             "points":[{"weight":0,"placed":true,"message":"","costs":[{"level":0,"cost":0},{"level":1,"cost":0}],
                        "terms":{"carbon":0.0042,"fun":2500,"latency":7,"moves":0},"moved":["web"],"text":"web on c1 (1)"},
                       {"weight":1,"placed":true,"message":"","costs":[{"level":0,"cost":0.0021},{"level":1,"cost":1}],
                        "terms":{"carbon":0.0021,"fun":2,"latency":7,"moves":1},"moved":[],"text":"web on c2 (1)"},
                       {"weight":2,"placed":false,"message":"no answer: it threw","costs":[],"terms":{},"moved":[]},
                       {"weight":3,"placed":true,"message":"","costs":[{"level":0,"cost":0.0063},{"level":1,"cost":1}],
                        "terms":{"carbon":0.0021,"fun":2,"latency":7,"moves":1},"moved":[],"text":"web on c2 (1)"}],
             "breaks":%s}""";
    private static final String BREAK = "[{\"after\":0,\"before\":1,\"equalAt\":0.25,\"moved\":[\"web\"]}]";

    private static final String SCALING = """
            {"decision": "d7", "at": "2026-11-20T10:00:00Z", "strategy": {"id": "optimal", "version": "0.1.0"},
             "input": "demand", "parameter": "", "service": "web", "parameters": {"wUtil": 0.4}, "complete": true,
             "message": "",
             "places": [{"service": "web", "cluster": "sim/c1", "replicas": 2, "demandPerSecond": 12.5},
                        {"service": "db", "cluster": "sim/c2", "replicas": 1}],
             "omitted": ["cache"],
             "points": [{"value": 0.5, "message": "", "answers": [
                          {"kind": "replicas", "reason": "enough", "replicas": 2}, {"kind": "keep", "reason": "no data"}]},
                        {"value": 2, "message": "", "answers": [
                          {"kind": "replicas", "reason": "more", "replicas": 4, "unmet": {"needed": 6, "reason": "full"}},
                          {"kind": "replicas", "reason": "as ever", "replicas": 1}]},
                        {"value": 3, "message": "it threw", "answers": []}],
             "breaks": [{"service": "web", "cluster": "sim/c1", "after": 0.5, "before": 2, "from": 2, "to": 4},
                        {"service": "db", "cluster": "sim/c2", "after": 0.5, "before": 2, "to": 1}]}""";

    @TempDir
    private Path folder;

    private final FakeSmo server = new FakeSmo();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        server.close();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("sensitivity", "demo", "g"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static String complete() {
        return ANSWER.formatted("false", "true", "", BREAK);
    }

    private String line(String start) {
        return out.toString()
                .lines()
                .filter(each -> each.strip().startsWith(start))
                .findFirst()
                .orElse("none");
    }

    @Test
    void eachWeightIsARowAndTheBreakIsALine() {
        server.on("GET " + PATH, complete());

        assertThat(run("--objective", "carbon")).isZero();

        assertThat(out.toString())
                .contains("Decision d1 of 2026-11-20T10:00:00Z, made again by optimal 0.1.0; carbon weighed 0.5")
                .contains("Between 0 and 1 (both cost the same at 0.25): web elsewhere");
        assertThat(line("weight"))
                .contains("carbon (kg CO2eq/h)", "moves", "placement")
                .doesNotContain("latency");
        assertThat(line("1 ")).contains("0.0021 / 1", "0.0021", "web on c2 (1)");
        assertThat(line("2 ")).contains("no answer: it threw");
    }

    @Test
    void theServerIsAskedForTheseWeights() {
        server.on("GET " + PATH, complete());
        server.on(
                "GET " + PATH + "?graph=demo%2Fg&objective=a%26b&from=0.5&to=2.0&steps=4&strategy=x%20y&decision=d7",
                ANSWER.formatted("true", "true", "", "[]"));

        assertThat(run(
                        "--objective",
                        "a&b",
                        "--from",
                        "0.5",
                        "--to",
                        "2",
                        "--steps",
                        "4",
                        "--strategy",
                        "x y",
                        "--decision",
                        "d7"))
                .isZero();

        assertThat(out.toString())
                .contains("carbon weighed 0.5 of its range")
                .contains("The placement is the same for all of these weights for which there is one.");
    }

    @Test
    void weightsThatWereLeftOutAreToldByTheStatus() {
        server.on("GET " + PATH, ANSWER.formatted("false", "false", "The time was over", BREAK));
        assertThat(run("--objective", "carbon")).isEqualTo(1);
        assertThat(out.toString()).contains("The time was over");
    }

    @Test
    void programsGetTheAnswer() {
        server.on("GET " + PATH, complete());
        assertThat(run("--objective", "carbon", "--json")).isZero();
        assertThat(FakeSmo.json(out.toString())).isEqualTo(FakeSmo.json(complete()));
    }

    @Test
    void anObjectiveIsNeeded() {
        assertThat(run()).isEqualTo(64);
        assertThat(err.toString()).contains("--objective");
    }

    @Test
    void thePictureHasAChartForEachObjectiveThatTellsSomething() throws Exception {
        server.on("GET " + PATH, complete());
        Path file = folder.resolve("carbon.svg");

        assertThat(run("--objective", "carbon", "--svg", file.toString())).isZero();

        Document picture =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(file));
        assertThat(elements(picture, "text"))
                .extracting(Element::getTextContent)
                .contains("carbon (kg CO2eq/h)", "fun (<b> & more)", "moves", "weight of carbon", "0.0042", "2500", "3")
                .doesNotContain("latency (ms)");
        assertThat(elements(picture, "polyline"))
                .as("interrupted at the third weight")
                .hasSize(6);
        assertThat(elements(picture, "path"))
                .filteredOn(path -> path.hasAttribute("stroke-dasharray"))
                .hasSize(3)
                .allSatisfy(path -> assertThat(path.getAttribute("d")).startsWith("M115.8 ")); // 70 + 550 × 0.25 / 3
        String[] carbon =
                elements(picture, "polyline").get(0).getAttribute("points").split(" ", -1);
        assertThat(carbon).containsExactly("70.0,26.0", "115.8,26.0", "115.8,66.0", "253.3,66.0");
        assertThat(out.toString()).contains("Picture: " + file);
    }

    @Test
    void replicasOfOtherDemandAreARowForEachValue() throws Exception {
        server.on("GET " + PATH + "/scaling?graph=demo%2Fg&input=demand&service=web&from=0.5&to=3.0&steps=3", SCALING);
        Path file = folder.resolve("web.svg");

        assertThat(run(
                        "--input",
                        "demand",
                        "--service",
                        "web",
                        "--from",
                        "0.5",
                        "--to",
                        "3",
                        "--steps",
                        "3",
                        "--svg",
                        file.toString()))
                .as("one value has no answer")
                .isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "Decision d7 of 2026-11-20T10:00:00Z, made again by optimal 0.1.0 for other demand of web (factor)")
                .contains("Between 0.5 and 2: web on sim/c1 from 2 to 4")
                .contains("Between 0.5 and 2: db on sim/c2 from no number to 1");
        assertThat(line("value")).contains("web on sim/c1", "db on sim/c2");
        assertThat(line("0.5 ")).contains(" 2 ", "keep: no data");
        assertThat(line("2 ")).contains("4 of 6");
        assertThat(line("3 ")).contains("it threw");
        Document picture =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(file));
        assertThat(elements(picture, "text"))
                .extracting(Element::getTextContent)
                .contains("web on sim/c1 (replicas)", "other demand of web (factor)", "4");
        assertThat(elements(picture, "polyline")).hasSize(2);
    }

    @Test
    void aParameterNamesItsRecordedValue() {
        server.on(
                "GET " + PATH + "/scaling?graph=demo%2Fg&parameter=wUtil&from=0.0&to=1.0&steps=21",
                SCALING.replace("\"demand\", \"parameter\": \"\"", "\"parameter\", \"parameter\": \"wUtil\""));
        run("--parameter", "wUtil", "--from", "0", "--to", "1");
        assertThat(out.toString()).contains("for wUtil, which was 0.4");
    }

    @Test
    void theSameIsSaidOnlyWhereAllValuesHaveAnswers() {
        String same = SCALING.substring(0, SCALING.indexOf("\"breaks\"")) + "\"breaks\": []}";
        server.on("GET " + PATH + "/scaling", same);
        assertThat(run("--input", "demand")).isEqualTo(1);
        assertThat(out.toString())
                .doesNotContain("are the same")
                .contains("Decided by another call, or by none: cache");
        server.on(
                "GET " + PATH + "/scaling?graph=demo%2Fg&input=capacity&steps=21",
                same.replaceFirst(",\\s*\\{\"value\": 3[^}]*}", ""));
        assertThat(run("--input", "capacity")).isZero();
        assertThat(out.toString()).contains("The replicas are the same for all of these values.");
    }

    @Test
    void aServiceIsNothingForWeights() {
        assertThat(run("--objective", "carbon", "--service", "web")).isEqualTo(64);
        assertThat(err.toString()).contains("--service is for scaling decisions");
    }

    @Test
    void onlyOneInputVaries() {
        assertThat(run("--objective", "carbon", "--input", "demand")).isEqualTo(64);
        assertThat(err.toString()).contains("mutually exclusive");
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
