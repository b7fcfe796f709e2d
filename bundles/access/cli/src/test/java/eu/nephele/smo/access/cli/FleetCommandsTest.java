// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Plans of the fleet from the command line, and their picture. */
class FleetCommandsTest {

    private static final String PLANS = "/api/v1/fleet/plans";
    private static final String C1 = cluster("sim", "c1");
    private static final String C2 = cluster("sim", "c2");
    private static final String C3 = cluster("sim", "c3");

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
        List<String> all = new ArrayList<>(List.of("fleet"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static String cluster(String source, String name) {
        return "{\"source\":\"%s\",\"name\":\"%s\"}".formatted(source, name);
    }

    /** @param from "" for a cluster that is lost */
    private static String move(String service, String from, String to) {
        String origin = from.isEmpty() ? "" : "\"from\":" + from + ",";
        return "{\"service\":\"%s\",%s\"to\":%s}".formatted(service, origin, to);
    }

    private static String step(int number, String graph, double gain, String... moves) {
        return """
                {"step":%d,"project":"p","graph":"%s","moves":[%s],"gain":%s,"terms":{},"state":"pending","message":""}""".formatted(number, graph, String.join(",", moves), gain);
    }

    private static String notMade(String graph, String reason, String... moves) {
        return """
                {"project":"p","graph":"%s","moves":[%s],"reason":"%s"}""".formatted(graph, String.join(",", moves), reason);
    }

    private static String plan(boolean hypothetical, List<String> steps, List<String> notMade) {
        return """
                {"id":"f1","state":"planned","message":"","hypothetical":%b,"createdAt":"2026-11-20T10:00:00Z",
                 "expiresAt":"2026-11-20T10:15:00Z","strategy":{"id":"anytime","version":"1"},"graphs":7,"services":9,
                 "maxMoves":50,"moves":%d,"costBefore":12.5,"costAfter":3.25,"objectives":[],"steps":[%s],"notMade":[%s],
                 "staying":[],"faults":[]}""".formatted(hypothetical, steps.size(), String.join(",", steps), String.join(",", notMade));
    }

    private Document picture(String... arguments) throws Exception {
        Path file = folder.resolve("plan.svg");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--svg", file.toString()));
        assertThat(run(all.toArray(String[]::new))).as(err.toString()).isZero();
        assertThat(out.toString()).contains("Picture: " + file);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(file));
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static List<String> words(Document document) {
        return elements(document, "text").stream().map(Element::getTextContent).toList();
    }

    private static List<Element> bars(Document document, String style) {
        return elements(document, "rect").stream()
                .filter(bar -> bar.getAttribute("class").equals(style))
                .toList();
    }

    @Test
    void thePictureHasWhatLeavesAndComesAndTheMovesWithTheirGain() throws Exception {
        server.on(
                "POST " + PLANS,
                plan(
                        false,
                        List.of(
                                step(1, "g", 8, move("web", C1, C2), move("db", C1, C2)),
                                step(2, "h", -2, move("cam", C2, C3))),
                        List.of(notMade("k", "the budget of moves is used up", move("x", C1, C2)))));

        Document picture = picture("plan", "--max-moves", "3");

        assertThat(server.calls("POST", PLANS)).singleElement().satisfies(call -> assertThat(call.body())
                .isEqualTo("{\"maxMoves\":3}"));
        assertThat(words(picture))
                .contains("Plan f1 (planned)", "7 graphs, 9 services, 2 of at most 50 moves; cost 12.5, then 3.25")
                .containsSubsequence("c2", "−1", "+2", "c1", "−2", "c3", "+1")
                .containsSubsequence(
                        "1", "8", "p/g web", "c1 → c2", "p/g db", "c1 → c2", "2", "-2", "p/h cam", "c2 → c3")
                .containsSubsequence("Not moved", "p/k: the budget of moves is used up")
                .noneMatch(text -> text.contains("further"));
        // the longest bar is 250 wide, for two services
        assertThat(bars(picture, "come"))
                .extracting(bar -> bar.getAttribute("width"))
                .containsExactly("250.0", "125.0");
        assertThat(bars(picture, "leave"))
                .extracting(bar -> bar.getAttribute("x"))
                .as("to the left of the middle; the last one is of the step that costs something")
                .containsExactly("385.0", "260.0", "736.0");
        assertThat(bars(picture, "gain"))
                .singleElement()
                .extracting(bar -> bar.getAttribute("width"))
                .isEqualTo("40.0");
        assertThat(elements(picture, "style")).singleElement().satisfies(style -> assertThat(style.getTextContent())
                .contains("prefers-color-scheme: dark"));
    }

    @Test
    void aLossShowsWhereItsServicesGoAndWhatFindsNoPlace() throws Exception {
        server.on(
                "POST " + PLANS,
                plan(
                        true,
                        List.of(step(1, "g", -1, move("web", "", C2))),
                        List.of(
                                notMade("a", "later", move("x", C1, C2)),
                                notMade("z", "web: c2: needs 8 cores, 1 free"))));

        Document picture = picture("plan", "--what-if", "{\"clusters\":{\"c1\":\"lost\"}}");

        assertThat(words(picture))
                .contains("Plan f1 (planned, hypothetical)", "c1 (lost) → c2")
                .containsSubsequence("c1 (lost)", "−1", "c2", "+1")
                .as("without a place first")
                .containsSubsequence("p/z finds no place: web: c2: needs 8 cores, 1 free", "p/a: later");
        assertThat(elements(picture, "text").stream()
                        .filter(text -> text.getAttribute("class").equals("bad")))
                .singleElement()
                .satisfies(text -> assertThat(text.getTextContent()).startsWith("p/z"));
    }

    @Test
    void aPlanThatIsShownDoesNotNameWhatIsLost() throws Exception {
        server.on("GET " + PLANS + "/f1", plan(true, List.of(step(1, "g", -1, move("web", "", C2))), List.of()));
        assertThat(words(picture("show", "f1"))).contains("lost cluster → c2").doesNotContain("Not moved");
    }

    @Test
    void namesAreEscapedAndToldWithTheirSourceWhereThereAreSeveral() throws Exception {
        server.on(
                "GET " + PLANS + "/f1",
                plan(
                        true,
                        List.of(step(
                                1,
                                "<g> & \\\"h\\\"",
                                1,
                                move("s\\u0007</text>", cluster("a&b", "c<1>"), cluster("what-if", "c<1>")))),
                        List.of()));
        assertThat(words(picture("show", "f1")))
                .contains("p/<g> & \"h\" s\uFFFD</text>", "a&b/c<1> → what-if/c<1>", "a&b/c<1>", "what-if/c<1>");
    }

    @Test
    void ofALargePlanTheMostImportantIsShown() throws Exception {
        List<String> steps = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> step(i, "g" + i, i, move("web", C1, cluster("sim", "to-" + i))))
                .collect(Collectors.toList());
        steps.add(step(101, "last", 1000, move("web", cluster("sim", "to-100"), C2)));
        List<String> notMade = Stream.concat(
                        IntStream.range(0, 30).mapToObj(i -> notMade("k" + i, "why", move("x", C1, C2))),
                        Stream.of(notMade("nowhere", "no room")))
                .toList();
        server.on("GET " + PLANS + "/f1", plan(false, steps, notMade));

        Document picture = picture("show", "f1");

        assertThat(words(picture))
                .contains("p/g62 web", "p/g100 web", "p/last web", "p/nowhere finds no place: no room", "p/k18: why")
                .doesNotContain("p/g61 web", "p/k19: why")
                .containsSubsequence(
                        "and 72 further clusters with fewer moves",
                        "and 61 further moves, of steps that gain less",
                        "and 11 further graphs");
        assertThat(words(picture).indexOf("p/g62 web"))
                .as("in the order of the steps")
                .isLessThan(words(picture).indexOf("p/g63 web"));
        assertThat(words(picture))
                .containsSubsequence("c1", "−100", "to-100", "−1", "+1", "and 72 further clusters with fewer moves");
        assertThat(words(picture)).hasSizeLessThan(30 * 3 + 40 * 4 + 20 + 20);
    }

    @Test
    void aPlanWithoutMovesHasAPictureToo() throws Exception {
        server.on("GET " + PLANS + "/f1", plan(false, List.of(), List.of()));
        assertThat(words(picture("show", "f1"))).contains("No moves");
    }

    @Test
    void longNamesAreShortened() throws Exception {
        String name = "n".repeat(500);
        server.on(
                "GET " + PLANS + "/f1",
                plan(
                        false,
                        List.of(step(1, name, 1, move(name, cluster("sim", name), C2))),
                        List.of(notMade("k", name))));
        assertThat(words(picture("show", "f1")))
                .allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(130));
    }

    @Test
    void programsGetThePlanAndThePictureIsDrawnBeside() throws Exception {
        String plan = plan(false, List.of(step(1, "g", 1, move("web", C1, C2))), List.of());
        server.on("GET " + PLANS + "/f1", plan);
        Path file = folder.resolve("plan.svg");
        assertThat(run("show", "f1", "--svg", file.toString(), "--json")).isZero();
        assertThat(FakeSmo.json(out.toString())).isEqualTo(FakeSmo.json(plan));
        assertThat(file).content().contains("p/g web");
    }

    @Test
    void aPlanIsToldThoughItsFileCannotBeWritten() throws IOException {
        server.on("POST " + PLANS, plan(false, List.of(step(1, "g", 1, move("web", C1, C2))), List.of()));
        Path file = Files.createDirectory(folder.resolve("a-folder"));
        assertThat(run("plan", "--svg", file.toString())).isNotZero();
        assertThat(out.toString()).contains("Plan f1 (planned)");
    }
}
