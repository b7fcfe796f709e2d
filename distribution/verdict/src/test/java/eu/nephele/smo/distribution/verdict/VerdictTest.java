// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {

    private static final String HEAD =
            "<e:events xmlns=\"urn:core\" xmlns:e=\"urn:events\" xmlns:junit=\"urn:junit\" xmlns:java=\"urn:java\">\n";
    private static final String ALL = HEAD
            + started(1, 0, "FooTest", "CONTAINER", "org.example.FooTest")
            + started(2, 1, "holds()", "TEST", "")
            + finished(2, "<result status=\"SUCCESSFUL\"/>");

    @TempDir
    Path root;

    @BeforeEach
    void aBuildOfOneModule() throws IOException {
        Files.writeString(root.resolve("pom.xml"), "<modules><module>part/one</module></modules>");
        pom("part/one", "SMO part: one");
        source("FooTest", "class FooTest { @Test void holds() {} }");
        source("TestCharts", "final class TestCharts {}");
    }

    @Test
    void passedFailedAndSkippedAreCountedAndTheLastLineHasAllFour() throws IOException {
        report(ALL
                + started(3, 1, "breaks()", "TEST", "")
                + finished(
                        3,
                        "<result status=\"FAILED\"><java:throwable>java.lang.AssertionError: \nexpected 1\n\tat x.Y"
                                + "</java:throwable></result>")
                + started(4, 1, "rests()", "TEST", "")
                + finished(4, "<result status=\"ABORTED\"/>")
                + finished(1, "<result status=\"SUCCESSFUL\"/>")
                + "</e:events>");

        Verdict verdict = verdict(false);

        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.text()).isEqualTo("""
                        Skipped:
                          part/one FooTest.rests(): without a reason
                        Failed:
                          part/one FooTest.breaks(): AssertionError: expected 1
                        1 passed, 1 failed, 1 skipped
                        1 passed, 1 failed, 1 skipped, 0 not proven
                        """);
    }

    @Test
    void aTestThatPassesWhenItIsRunAgainIsUnsteadyAndCountsOnce() throws IOException {
        String begin = HEAD
                + started(1, 0, "FooTest", "CONTAINER", "org.example.FooTest")
                + started(2, 1, "holds()", "TEST", "");
        String end = finished(1, "<result status=\"SUCCESSFUL\"/>") + "</e:events>";
        report(begin + finished(2, "<result status=\"FAILED\"><java:throwable>late</java:throwable></result>") + end);
        report("2", begin + finished(2, "<result status=\"SUCCESSFUL\"/>") + end);

        Verdict verdict = verdict(false);

        assertThat(verdict.isGood()).isTrue();
        assertThat(verdict.text()).isEqualTo("""
                        Unsteady, passed when run again:
                          part/one FooTest.holds(): late
                        1 passed, 0 failed, 0 skipped
                        1 passed, 0 failed, 0 skipped, 0 not proven
                        """);
    }

    @Test
    void aTestThatFailsTwiceHasFailedOnce() throws IOException {
        String twice = HEAD
                + started(1, 0, "FooTest", "CONTAINER", "org.example.FooTest")
                + started(2, 1, "holds()", "TEST", "")
                + finished(2, "<result status=\"FAILED\"/>")
                + finished(1, "<result status=\"SUCCESSFUL\"/>")
                + "</e:events>";
        report(twice);
        report("2", twice);

        Verdict verdict = verdict(false);

        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.text()).endsWith("0 passed, 1 failed, 0 skipped, 0 not proven\n");
    }

    @Test
    void aModuleIsProvenWhenAllThatAppliesHasPassed() throws IOException {
        String end = finished(1, "<result status=\"SUCCESSFUL\"/>") + "</e:events>";
        String skipped = started(3, 1, "rests()", "TEST", "")
                + finished(3, "<result status=\"ABORTED\"><reason>%s</reason></result>");
        report(ALL + end);
        assertThat(verdict(false).proven()).containsExactly("part/one");

        report(ALL + skipped.formatted("does not apply: no levels") + end);
        assertThat(verdict(false).proven()).containsExactly("part/one");

        report(ALL + skipped.formatted("no API server here") + end);
        assertThat(verdict(false).proven()).isEmpty();

        report(ALL + started(3, 1, "breaks()", "TEST", "") + finished(3, "<result status=\"FAILED\"/>") + end);
        assertThat(verdict(false).proven()).isEmpty();
    }

    @Test
    void aModuleWithAClassThatWasNeverRunIsNotProven() throws IOException {
        source("BarTest", "class BarTest { @Test void holds() {} }");
        report(ALL + finished(1, "<result status=\"SUCCESSFUL\"/>") + "</e:events>");

        assertThat(verdict(false).proven()).isEmpty();
    }

    @Test
    void aModuleWhoseProcessEndedBetweenTwoTestsIsNotProven() throws IOException {
        report(ALL);

        Verdict verdict = verdict(false);

        assertThat(verdict.proven()).isEmpty();
        assertThat(verdict.text()).contains("part/one FooTest: has not ended");
    }

    @Test
    void testsOfAnEarlierRunAreCountedApart() throws IOException {
        report(ALL + finished(1, "<result status=\"SUCCESSFUL\"/>") + "</e:events>");
        Verdict verdict = new Verdict(root, false, false);
        verdict.told("--reused", "part/one");

        verdict.read();

        assertThat(verdict.text()).isEqualTo("""
                        Passed before with the same content: 1 tests, modules: 1; ./smo test --fresh runs them again
                        1 passed, 0 failed, 0 skipped
                        1 passed, 0 failed, 0 skipped, 0 not proven
                        """);
    }

    @Test
    void modulesThatWereNotTestedAreNotJudged() throws IOException {
        Verdict verdict = new Verdict(root, false, false);
        verdict.told("--module", "part/two");

        verdict.read();

        assertThat(verdict.isGood()).isTrue();
        assertThat(verdict.text()).endsWith("0 passed, 0 failed, 0 skipped, 0 not proven\n");
    }

    @Test
    void whatAnotherProgramFoundFailedCountsAsFailed() throws IOException {
        report(ALL + finished(1, "<result status=\"SUCCESSFUL\"/>") + "</e:events>");
        Verdict verdict = verdict(false);
        verdict.told("--failed", "format: smo-core-engine");
        verdict.told("--unproven", "samples");

        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.text()).isEqualTo("""
                        Not proven:
                          samples
                        Failed:
                          format: smo-core-engine
                        1 passed, 1 failed, 0 skipped
                        1 passed, 1 failed, 0 skipped, 1 not proven
                        """);
    }

    @Test
    void aClassThatIsSkippedAsAWholeIsNotProvenAndSaysWhy() throws IOException {
        report(HEAD
                + started(1, 0, "FooTest", "CONTAINER", "org.example.FooTest")
                + finished(
                        1,
                        "<result status=\"ABORTED\"><java:throwable>org.opentest4j.TestAbortedException: Assumption failed:"
                                + " etcd is missing\n\tat x.Y</java:throwable></result>")
                + "</e:events>");

        Verdict verdict = verdict(false);

        assertThat(verdict.isGood()).isTrue();
        assertThat(verdict.text())
                .contains("Not proven:\n  part/one FooTest: etcd is missing\n")
                .endsWith("0 passed, 0 failed, 0 skipped\n0 passed, 0 failed, 0 skipped, 1 not proven\n");
    }

    @Test
    void aClassOfWhichEveryTestIsSkippedIsNotProvenEither() throws IOException {
        report(HEAD
                + started(1, 0, "FooTest", "CONTAINER", "org.example.FooTest")
                + started(2, 1, "asks()", "TEST", "")
                + finished(2, "<result status=\"ABORTED\"><reason>prometheus is missing</reason></result>")
                + finished(1, "<result status=\"SUCCESSFUL\"/>")
                + "</e:events>");

        assertThat(verdict(false).text())
                .contains("Not proven:\n  part/one FooTest: prometheus is missing\n")
                .endsWith("0 passed, 0 failed, 1 skipped, 1 not proven\n");
    }

    @Test
    void aTestThatHasNotEndedHasFailed() throws IOException {
        report(ALL + started(3, 1, "hangs()", "TEST", ""));

        assertThat(verdict(false).text())
                .contains("part/one FooTest.hangs(): has not ended")
                .endsWith("1 passed, 1 failed, 0 skipped, 0 not proven\n");
    }

    @Test
    void aClassThatNeverRanIsNotProvenAndNoGoodResult() throws IOException {
        report(ALL + finished(1, "<result status=\"SUCCESSFUL\"/>") + "</e:events>");
        source("BarTest", "final class BarTest { @Test void never() {} }");
        source("CommonTest", "abstract class CommonTest { @Test void inherited() {} }");

        Verdict verdict = verdict(false);

        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.text()).contains("part/one BarTest: was never run").doesNotContain("CommonTest");
    }

    @Test
    void whatWasNotAskedForIsNotProvenAndNoFault() throws IOException {
        report(ALL + finished(1, "<result status=\"SUCCESSFUL\"/>") + "</e:events>");
        source("ServerIT", "class ServerIT { @Test void starts() {} }");

        assertThat(verdict(true).isGood()).isTrue();
        assertThat(verdict(true).text()).contains("part/one: 1 classes").endsWith(", 1 not proven\n");
        assertThat(verdict(false).isGood()).isFalse();
    }

    @Test
    void aModuleOfAPartnerIsReadFromThePlainReports() throws IOException {
        Path folder = Files.createDirectories(root.resolve("part/one/target/surefire-reports"));
        Files.writeString(
                folder.resolve("TEST-org.example.FooTest.xml"),
                "<testsuite name=\"org.example.FooTest\"><testcase name=\"a\"/><testcase name=\"b\"><failure/></testcase>"
                        + "<testcase name=\"c\"><skipped message=\"does not apply: nothing to ask\"/></testcase>"
                        + "<testcase name=\"d\"><skipped type=\"org.opentest4j.TestAbortedException\"><![CDATA["
                        + "org.opentest4j.TestAbortedException: does not apply: it has no levels\n"
                        + "\tat org.example.FooTest.d(FooTest.java:1)\n]]></skipped></testcase></testsuite>");

        assertThat(verdict(false).text())
                .contains("part/one b")
                .contains("Does not apply:\n  part/one c: nothing to ask\n  part/one d: it has no levels\n")
                .endsWith("1 passed, 1 failed, 2 skipped, 0 not proven\n");
    }

    @Test
    void sourcesThatDoNotCompileAreOneFailureOfTheirModuleAndWhatNeedsThemIsNotProven() throws IOException {
        Files.writeString(
                root.resolve("pom.xml"), "<modules><module>part/one</module><module>part/two</module></modules>");
        report(ALL + finished(1, "<result status=\"SUCCESSFUL\"/>") + "</e:events>");
        pom("part/two", "SMO part: two");
        Verdict verdict = new Verdict(root, false, false);
        verdict.told("--log", log("""
                [INFO] Building SMO part: one 0.1.0-SNAPSHOT [1/2]
                [ERROR] COMPILATION ERROR :
                [ERROR] ROOT/part/one/src/main/java/org/example/Foo.java:[3,4] cannot find symbol
                [ERROR] ROOT/part/one/src/main/java/org/example/Bar.java:[9,1] ';' expected
                [ERROR] ROOT/part/one/src/test/java/org/example/FooTest.java: warnings found and -Werror specified
                [INFO] SMO part: one ...................................... FAILURE [  1.0 s]
                [INFO] SMO part: two ...................................... SKIPPED
                [ERROR] Failed to execute goal org.example:compiler:3:compile (default-compile) on project smo-part-one: Compilation failure
                [ERROR] ROOT/part/one/src/main/java/org/example/Foo.java:[3,4] cannot find symbol
                """));
        verdict.read();

        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.text()).isEqualTo("""
                        Not proven:
                          part/two: was not built, because what it needs has failed
                        Failed:
                          part/one: its main sources do not compile: Foo.java:[3,4] cannot find symbol
                          part/one: its test sources do not compile: FooTest.java: warnings found and -Werror specified
                        1 passed, 2 failed, 0 skipped
                        1 passed, 2 failed, 0 skipped, 1 not proven
                        """);
    }

    @Test
    void whatTheBuildFailsForBesidesIsAFailureToo() throws IOException {
        report(ALL + finished(1, "<result status=\"SUCCESSFUL\"/>") + "</e:events>");
        Verdict verdict = new Verdict(root, false, false);
        verdict.told(
                "--log",
                log(
                        "[ERROR] Failed to execute goal org.example:gate:1:run (report) on project smo-coverage: too little"));
        verdict.read();

        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.text())
                .contains("Failed:\n  smo-coverage: org.example:gate:1:run: too little\n")
                .endsWith("1 passed, 1 failed, 0 skipped, 0 not proven\n");
    }

    @Test
    void whereNothingMayBeLeftOutASkippedTestIsNoGoodResultUnlessItDoesNotApply() throws IOException {
        report(ALL + skippedBecause("does not apply: it has no levels") + "</e:events>");
        assertThat(everything().isGood()).isTrue();
        assertThat(everything().text()).isEqualTo("""
                        Does not apply:
                          part/one FooTest.rests(): it has no levels
                        1 passed, 0 failed, 1 skipped
                        1 passed, 0 failed, 1 skipped, 0 not proven
                        """);

        report(ALL + skippedBecause("prometheus is missing: does not apply: never") + "</e:events>");
        assertThat(everything().isGood()).isFalse();
        assertThat(everything().text()).contains("Skipped:\n  part/one FooTest.rests(): prometheus is missing");
        assertThat(verdict(false).isGood())
                .as("where something may be left out")
                .isTrue();
    }

    @Test
    void whereNothingMayBeLeftOutWhatIsNotProvenIsNoGoodResult() throws IOException {
        report(ALL + finished(1, "<result status=\"SUCCESSFUL\"/>") + "</e:events>");
        Verdict verdict = everything();
        assertThat(verdict.isGood()).isTrue();

        verdict.told("--unproven", "samples");
        assertThat(verdict.isGood()).isFalse();
    }

    private static String skippedBecause(String reason) {
        return started(4, 1, "rests()", "TEST", "")
                + finished(
                        4,
                        "<result status=\"ABORTED\"><java:throwable>org.opentest4j.TestAbortedException: Assumption failed: "
                                + reason + "\n\tat x.Y</java:throwable></result>")
                + finished(1, "<result status=\"SUCCESSFUL\"/>");
    }

    private Verdict verdict(boolean unitTestsOnly) throws IOException {
        return read(new Verdict(root, unitTestsOnly, false));
    }

    private Verdict everything() throws IOException {
        return read(new Verdict(root, false, true));
    }

    private static Verdict read(Verdict verdict) throws IOException {
        verdict.read();
        return verdict;
    }

    private String log(String content) throws IOException {
        return Files.writeString(root.resolve("test.log"), content.replace("ROOT", root.toString()))
                .toString();
    }

    private void pom(String module, String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve(module));
        Files.writeString(folder.resolve("pom.xml"), "<project><name>%s</name></project>".formatted(name));
    }

    private void source(String name, String content) throws IOException {
        Path folder = Files.createDirectories(root.resolve("part/one/src/test/java/org/example"));
        Files.writeString(folder.resolve(name + ".java"), content);
    }

    private void report(String content) throws IOException {
        report("17", content);
    }

    /** @param run folder of the reports of one run */
    private void report(String run, String content) throws IOException {
        Path folder = Files.createDirectories(
                root.resolve("part/one/target/test-reports").resolve(run));
        Files.writeString(folder.resolve("open-test-report.xml"), content);
    }

    private static String started(int id, int parent, String name, String type, String className) {
        String source = className.isEmpty() ? "" : "<java:classSource className=\"%s\"/>".formatted(className);
        return "<e:started id=\"%d\" parentId=\"%d\" name=\"%s\"><metadata><junit:uniqueId>%d/%s</junit:uniqueId><junit:type>%s</junit:type></metadata><sources>%s</sources></e:started>\n"
                .formatted(id, parent, name, id, name, type, source);
    }

    private static String finished(int id, String result) {
        return "<e:finished id=\"%d\">%s</e:finished>\n".formatted(id, result);
    }
}
