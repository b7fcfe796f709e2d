// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutationScoreTest {

    private static final String MUTATED =
            "<project><properties><mutants.skip>false</mutants.skip></properties></project>";

    @TempDir
    Path root;

    @BeforeEach
    void aBuildOfTwoModulesWithMutantsAndOneWithout() throws IOException {
        Files.writeString(
                root.resolve("pom.xml"),
                "<modules><module>part/one</module><module>part/plain</module><module>part/two</module></modules>");
        pom("part/one", MUTATED);
        pom("part/two", MUTATED);
        pom("part/plain", "<project/>");
    }

    @Test
    void oneScoreIsMadeOfAllModules() throws IOException {
        report("part/one", mutant("KILLED", true, 3) + mutant("SURVIVED", false, 4));
        report("part/two", mutant("TIMED_OUT", true, 5) + mutant("KILLED", true, 6));

        assertThat(score(0.75).text()).isEqualTo("""
                part/one                           2 mutants     1 killed   50 %
                part/two                           2 mutants     2 killed  100 %
                {"mutants":4,"killed":3,"score":0.750}
                """);
    }

    @Test
    void aScoreBelowTheMinimumIsNotGood() throws IOException {
        report("part/one", mutant("KILLED", true, 3) + mutant("NO_COVERAGE", false, 4));
        report("part/two", mutant("KILLED", true, 5));

        assertThat(score(0.66).isGood()).isTrue();
        assertThat(score(0.67).isGood()).isFalse();
        assertThat(score(0.667).text()).endsWith("\"score\":0.666}\n");
    }

    @Test
    void mutantsThatAreLeftAreNamed() throws IOException {
        report("part/one", mutant("KILLED", true, 3) + mutant("NO_COVERAGE", false, 4));
        report("part/two", mutant("SURVIVED", false, 5));

        assertThat(score(0).survivors())
                .containsExactly(
                        "part/one Foo.bar:4 removed call: NO_COVERAGE", "part/two Foo.bar:5 removed call: SURVIVED");
    }

    @Test
    void aModuleWithoutACompleteReportIsNotGood() throws IOException {
        report("part/one", mutant("KILLED", true, 3));

        MutationScore without = score(0.5);
        assertThat(without.isGood()).isFalse();
        assertThat(without.text())
                .contains("part/two: has no complete report\n")
                .endsWith("\"score\":1.000}\n");

        report("part/two", mutant("KILLED", true, 4));
        assertThat(score(0.5).isGood()).isTrue();

        Path report = root.resolve("part/two/target/mutants/mutations.xml");
        Files.writeString(report, Files.readString(report).replace("</mutations>", ""));
        assertThat(score(0.5).isGood()).isFalse();
    }

    @Test
    void modulesWithoutMutantsAreNoScore() throws IOException {
        report("part/one", "");
        report("part/two", "");

        assertThat(score(0.01).isGood()).isFalse();
        assertThat(score(0.01).text()).endsWith("{\"mutants\":0,\"killed\":0,\"score\":0.000}\n");
    }

    private MutationScore score(double minimum) throws IOException {
        MutationScore score = new MutationScore(root, minimum);
        score.read();
        return score;
    }

    private void pom(String module, String text) throws IOException {
        Files.createDirectories(root.resolve(module));
        Files.writeString(root.resolve(module).resolve("pom.xml"), text);
    }

    private void report(String module, String mutants) throws IOException {
        Path folder = Files.createDirectories(root.resolve(module).resolve("target/mutants"));
        Files.writeString(
                folder.resolve("mutations.xml"),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mutations>\n" + mutants + "</mutations>\n");
    }

    private static String mutant(String status, boolean detected, int line) {
        return "<mutation detected='%s' status='%s'><mutatedClass>x.y.Foo</mutatedClass><mutatedMethod>bar</mutatedMethod>"
                        .formatted(detected, status)
                + "<lineNumber>%d</lineNumber><description>removed call</description></mutation>%n".formatted(line);
    }
}
