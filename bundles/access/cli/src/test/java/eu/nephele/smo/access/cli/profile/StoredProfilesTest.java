// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.CommandLineRun;
import eu.nephele.smo.access.cli.FakeSmo;
import eu.nephele.smo.scaling.profiler.ProfileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles that a server has learned. */
class StoredProfilesTest {

    private static final String LIST = "/api/v1/kinds/service-profile/resources";
    private static final String ONE = LIST + "/web-1-2-6e9956c1";
    private static final String PROFILE = """
            {"kind":"service-profile","name":"web-1-2-6e9956c1","desired":{"artifact":"oci://r/web","version":"1.2",
             "applied":{"alpha":9,"beta":0},"rejected":{"alpha":3,"beta":0},
             "proposal":{"alpha":10.031,"beta":-4.05,"careful":{"alpha":9.1,"beta":-3.7},"origin":"learned from 2 h"}}}""";

    @TempDir
    private Path folder;

    private final FakeSmo server = new FakeSmo();

    @AfterEach
    void close() {
        server.close();
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("profile"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    @Test
    void theListHasWhatCountsAndWhatIsProposedOfAllPages() {
        server.on("GET " + LIST, "{\"items\":[%s],\"nextCursor\":\"c2\"}".formatted(PROFILE));
        server.on("GET " + LIST + "?cursor=c2", "{\"items\":[%s],\"nextCursor\":null}".formatted(PROFILE));
        CommandLineRun run = run("list");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines().filter(line -> line.contains("oci://r/web")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("alpha 9, beta 0", "alpha 10.03, beta -4.05"));
    }

    @Test
    void oneIsShownWithItsOrigin() {
        server.on("GET " + ONE, PROFILE);
        assertThat(run("show", "web-1-2-6e9956c1").out())
                .contains(
                        "web-1-2-6e9956c1: oci://r/web, version 1.2",
                        "proposal: alpha 10.03, beta -4.05, learned from 2 h")
                .contains("careful: alpha 9.1, beta -3.7");
    }

    @Test
    void applyingMakesTheProposalCount() {
        server.on("GET " + ONE, PROFILE);
        server.on("PUT " + ONE, PROFILE);
        assertThat(run("apply", "web-1-2-6e9956c1").status()).isZero();
        JsonNode desired = FakeSmo.json(server.calls("PUT", ONE).get(0).body()).path("desired");
        assertThat(desired.at("/applied/alpha").asDouble()).isEqualTo(10.031);
        assertThat(desired.has("proposal")).isFalse();
        assertThat(desired.has("rejected")).isFalse();
    }

    @Test
    void rejectingKeepsWhatCounts() {
        server.on("GET " + ONE, PROFILE);
        server.on("PUT " + ONE, PROFILE);
        assertThat(run("reject", "web-1-2-6e9956c1").status()).isZero();
        JsonNode desired = FakeSmo.json(server.calls("PUT", ONE).get(0).body()).path("desired");
        assertThat(desired.at("/applied/alpha").asDouble()).isEqualTo(9);
        assertThat(desired.at("/rejected/alpha").asDouble()).isEqualTo(10.031);
        assertThat(desired.has("proposal")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"apply", "reject"})
    void whatWasDecidedIsWhatWasSeen(String decision) {
        server.on("GET " + ONE, PROFILE);
        server.reply(
                "PUT " + ONE, 412, "{\"title\":\"Precondition Failed\",\"status\":412,\"detail\":\"Get it again\"}");
        CommandLineRun run = run(decision, "web-1-2-6e9956c1");
        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains("Get it again");
        assertThat(server.calls("PUT", ONE))
                .singleElement()
                .satisfies(call -> assertThat(call.headers().get("If-match")).containsExactly("\"tag\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                                    | expected a list of profiles",
                "[                                                                     | no JSON",
                "[{'desired':{'artifact':'a'}}]                                        | profile 1: name is missing",
                "[{'name':'a','desired':{'artifact':'a'}},{'name':'b'}]                | profile 2: artifact is missing",
                "[{'name':'a','desired':{'artifact':'a'}},{'name':'a','desired':{'artifact':'a'}}] | profile 2: a is in the file twice",
                "[{'name':'a','desired':{'artifact':'a','applied':{'alpha':0,'beta':1}}}] | profile 1: applied/alpha has to be a number above 0",
                "[{'name':'a-ca978112','desired':{'artifact':'a'}},{'name':'mine','desired':{'artifact':'a'}}] | profile 2: mine is not the name of the profile of this artifact and version, which is a-ca978112",
                "[{'name':'a-ca978112','desired':{'artifact':'a'}},{'name':'a','desired':{'artifact':'a','version':'1'}}] | profile 2: a is not the name",
                "[{'name':'a-ca978112','desired':{'artifact':'a'}},7] | profile 2: it has to be an object with the members name and desired",
                "[{'name':'a-ca978112','desired':{'artifact':'a'},'applied':{}}] | profile 1: applied is not known beside name and desired",
                "[{'name':'a-ca978112','desired':{'artifact':'a'}},{'name':'x','desired':{'artifact':'x','aplied':{'alpha':1,'beta':0}}}] | profile 2: aplied is not known here; known are applied, artifact, proposal, rejected, version",
                "[{'name':'a-ca978112','desired':{'artifact':'a'}},{'name':'x','desired':{'artifact':'x','applied':{'alpha':1,'beta':2e9}}}] | profile 2: applied/beta has to be a number of at least -1000000000 and at most 1000000000, not 2.0E9",
                "[{'name':'a-ca978112','desired':{'artifact':'a'}},{'name':'x','desired':{'artifact':'x','proposal':{'alpha':1,'beta':0,'careful':{'alpha':-1,'beta':0}}}}] | profile 2: proposal/careful/alpha has to be a number above 0 and at most 1000000000, not -1",
                "[{'name':'a-ca978112','desired':{'artifact':'a'}},{'name':'x','desired':{'artifact':'x','rejected':{'alpha':1,'beta':0,'sequence':1.5}}}] | profile 2: rejected/sequence has to be an integer",
                "[{'name':'a-ca978112','desired':{'artifact':'a'}},{'name':'x','desired':[]}] | profile 2: it has to be an object",
                "[{'name':'a-ca978112','name':'b','desired':{'artifact':'a'}}] | no JSON: Duplicate field 'name'",
                "[] [] | no JSON: Trailing token"
            })
    void aFileWithAMistakeIsImportedNotAtAll(String json, String mistake) throws Exception {
        Path file = Files.writeString(folder.resolve("profiles.json"), json.replace('\'', '"'));
        CommandLineRun run = run("import", file.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out() + run.err()).contains(mistake).contains("nothing was imported");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void allMistakesOfAFileAreToldAtOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("profiles.json"), "[{\"desired\":{\"version\":7}},3]");
        CommandLineRun run = run("import", file.toString(), "--json");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "profile 1: artifact is missing",
                        "profile 1: version has to be a text of 0 to 255 characters",
                        "profile 1: name is missing",
                        "profile 2: it has to be an object");
    }

    private Path threeProfiles() throws IOException {
        ArrayNode documents = JsonNodeFactory.instance.arrayNode();
        for (String version : List.of("1", "2", "3")) {
            ObjectNode document = documents.addObject().put("name", name(version));
            document.putObject("desired").put("artifact", "oci://r/web").put("version", version);
            server.on("PUT " + LIST + "/" + name(version), "{}");
        }
        return Files.writeString(folder.resolve("three.json"), documents.toString());
    }

    private static String name(String version) {
        return ProfileName.create("oci://r/web", version);
    }

    private CommandLineRun importWhereTheSecondGets(Supplier<Optional<FakeSmo.Reply>> answer) throws IOException {
        Path file = threeProfiles();
        server.program(call -> call.path().endsWith(name("2")) ? answer.get() : Optional.empty());
        return run("import", file.toString());
    }

    @Test
    void aRefusalMidwayTellsWhatWasWritten() throws Exception {
        CommandLineRun run = importWhereTheSecondGets(() -> Optional.of(
                new FakeSmo.Reply(400, "{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"too many\"}")));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("too many", "1 of 3 profiles written; %s was refused; 1 not sent".formatted(name("2")));
        assertThat(server.calls("PUT", LIST + "/" + name("3"))).isEmpty();
    }

    @Test
    void aServerThatIsLostMidwayLeavesItOpenWhetherTheLastWasWritten() throws Exception {
        CommandLineRun run = importWhereTheSecondGets(() -> {
            throw new IllegalStateException("The connection ends without an answer");
        });
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "cannot be reached",
                        "1 of 3 profiles written; %s may be written or not; 1 not sent".formatted(name("2")));
        assertThat(server.calls("PUT", LIST + "/" + name("3"))).isEmpty();
    }

    @Test
    void withoutAProposalNothingIsChanged() {
        server.on("GET " + ONE, "{\"name\":\"web-1-2-6e9956c1\",\"desired\":{\"artifact\":\"oci://r/web\"}}");
        assertThat(run("apply", "web-1-2-6e9956c1").status()).isEqualTo(1);
        assertThat(server.calls()).noneMatch(call -> call.method().equals("PUT"));
    }

    @Test
    void whatIsFittedIsImportedAsAProposalAndTakesNothingAway() throws Exception {
        Path file = folder.resolve("fit.json");
        CommandLineRun fit = CommandLineRun.of(
                "profile",
                "fit",
                "../../../examples/profiles/load-test.csv",
                "--saturated",
                "--out",
                file.toString(),
                "--artifact",
                "oci://r/web:1.2");
        assertThat(fit.status()).as(fit.err()).isZero();
        JsonNode written = FakeSmo.json(Files.readString(file)).get(0);
        String path = LIST + "/" + written.path("name").asText();
        assertThat(fit.out())
                .contains("./smo profile apply " + written.path("name").asText());

        server.on("PUT " + path, PROFILE);
        assertThat(run("import", file.toString()).status()).isZero();
        assertThat(FakeSmo.json(server.calls("PUT", path).get(0).body()).path("desired"))
                .as("where the server has none")
                .isEqualTo(written.path("desired"));

        server.on("GET " + path, PROFILE);
        assertThat(run("import", file.toString()).status()).isZero();
        JsonNode sent = FakeSmo.json(server.calls("PUT", path).get(1).body()).path("desired");
        assertThat(sent.path("applied")).isEqualTo(FakeSmo.json(PROFILE).at("/desired/applied"));
        JsonNode proposal = sent.path("proposal");
        assertThat(proposal).isEqualTo(written.at("/desired/proposal"));
        assertThat(proposal.at("/careful/alpha").asDouble())
                .isLessThan(proposal.path("alpha").asDouble());
        assertThat(proposal.at("/quality/observations").asInt()).isEqualTo(12);
        assertThat(proposal.path("origin").asText()).startsWith("fitted from load-test.csv: 12 observations");
    }

    @Test
    void aFileForTheServerNeedsAnArtifact() {
        CommandLineRun run = CommandLineRun.of(
                "profile", "fit", "../../../examples/profiles/load-test.csv", "--saturated", "--out", "x.json");
        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).contains("--out needs --artifact");
    }

    @Test
    void whatIsExportedIsImportedElsewhere() throws Exception {
        Path file = folder.resolve("profiles.json");
        server.on("GET " + LIST, "{\"items\":[%s],\"nextCursor\":null}".formatted(PROFILE));
        server.on("PUT " + ONE, PROFILE);
        assertThat(run("export", file.toString()).status()).isZero();
        assertThat(run("import", file.toString()).status()).isZero();
        JsonNode sent = FakeSmo.json(server.calls("PUT", ONE).get(0).body()).path("desired");
        assertThat(sent).isEqualTo(FakeSmo.json(PROFILE).path("desired"));
        assertThat(Files.readString(file)).doesNotContain("\"kind\"");
    }
}
