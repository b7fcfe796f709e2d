// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.verdict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Judges the tests of a build by their reports and the sources: counts those passed, failed and skipped, and the
 * classes that prove nothing, because they were skipped as a whole or never ran.
 *
 * <p>A single file, run by {@code java Verdict.java}, so that a failed build is judged as well.
 */
public final class Verdict {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern TEST_FILE =
            Pattern.compile("(\\w*Test|\\w*Tests|\\w*TestCase|Test\\w*|\\w*IT)\\.java");
    private static final Pattern IN_CONTAINER = Pattern.compile("\\w*IT");
    private static final Pattern ABSTRACT = Pattern.compile("^(public )?abstract class", Pattern.MULTILINE);
    /** Distinguishes tests from helper classes with such names. */
    private static final Pattern HAS_TESTS = Pattern.compile(
            "@(Test|TestFactory|ParameterizedTest|RepeatedTest|Nested|Property|Example)\\b|\\bextends \\w+Contract");

    /** Noise in messages: the exception that skips a test, and packages of exceptions. */
    private static final Pattern EXCEPTION =
            Pattern.compile("^((org\\.opentest4j\\.TestAbortedException: )?Assumption failed:"
                    + " |org\\.opentest4j\\.TestAbortedException: |.* ==> |([a-z0-9_]+\\.)+(?=[A-Z]))");

    /** A compiler message about a file; without a line for a refused warning. */
    private static final Pattern COMPILER_ERROR =
            Pattern.compile("\\[ERROR] (.*)/src/(main|test)/java/(?:.*/)?([^/:]+\\.java:.*)");

    private static final Pattern BUILD_ERROR =
            Pattern.compile("\\[ERROR] Failed to execute goal (\\S+) \\([^)]*\\) on project ([^:]+): (.*)");
    private static final Pattern NOT_BUILT = Pattern.compile("\\[INFO] (.+?) \\.* *SKIPPED");
    /** Name of a module in its pom, as shown by Maven. */
    private static final Pattern MODULE_NAME = Pattern.compile("<name>([^<]+)</name>");

    /** Prefix of the reason of a test that does not apply, for example about levels of a strategy without levels. */
    private static final String DOES_NOT_APPLY = "does not apply: ";

    private static final int LONGEST = 240;

    private final Path root;
    private final boolean unitTestsOnly;
    private final boolean everything;
    private final List<String> failures = new ArrayList<>();
    private final List<String> skips = new ArrayList<>();
    private final List<String> notApplying = new ArrayList<>();
    private final List<String> unproven = new ArrayList<>();
    /** Tests that failed and passed when they were run again. */
    private final List<String> unsteady = new ArrayList<>();
    /** Tests and classes of the module that is read, by their unique id: those that passed, and what failed. */
    private final Set<String> passedIds = new HashSet<>();

    private final Set<String> passedClasses = new HashSet<>();
    private final Map<String, String> failedIds = new LinkedHashMap<>();
    /** Classes of which every test so far was skipped, with the reason. */
    private final Map<String, String> skippedAlone = new LinkedHashMap<>();

    private final Set<String> ran = new HashSet<>();
    /** Modules that are judged; all when empty. */
    private final Set<String> judged = new HashSet<>();
    /** Modules whose reports are of an earlier run. */
    private final Set<String> reused = new HashSet<>();
    /** Modules of which every applicable test has passed. */
    private final List<String> proven = new ArrayList<>();
    /** Names of modules that Maven skipped, because a dependency failed. */
    private final Set<String> notBuilt = new HashSet<>();

    private int passed;
    private int passedBefore;
    private int failed;
    private int skipped;
    private int neverRun;

    Verdict(Path root, boolean unitTestsOnly, boolean everything) {
        this.root = root;
        this.unitTestsOnly = unitTestsOnly;
        this.everything = everything;
    }

    /**
     * Prints the verdict. Exit status: 0 all that ran has passed, 1 a test has failed, a source does not compile or a
     * class was never run; with {@code --real} also when a class proves nothing or an applicable test was skipped.
     *
     * @param arguments the folder of the build; {@code --quick} when tests in the container were not requested;
     * {@code --real} when nothing may be skipped; {@code --module MODULE}, repeatable, when only these were tested;
     * {@code --reused MODULE}, repeatable, for reports of an earlier run; {@code --proven FILE} to write the modules of which every
     * applicable test has passed; {@code --log FILE} for the output of Maven; {@code --unproven TEXT} and {@code --failed TEXT} for
     * further findings of the caller
     */
    public static void main(String[] arguments) throws IOException {
        List<String> rest = List.of(arguments);
        Verdict verdict = new Verdict(Path.of(rest.get(0)), rest.contains("--quick"), rest.contains("--real"));
        for (int i = 1; i + 1 < rest.size(); i++) {
            verdict.told(rest.get(i), rest.get(i + 1));
        }
        verdict.read();
        int proven = rest.indexOf("--proven");
        if (proven > 0) {
            Files.write(Path.of(rest.get(proven + 1)), verdict.proven());
        }
        System.out.print(verdict.text());
        System.exit(verdict.isGood() ? 0 : 1);
    }

    /** Adds a finding of another program. */
    void told(String option, String text) throws IOException {
        if (option.equals("--unproven")) {
            unproven.add(text);
        } else if (option.equals("--failed")) {
            failures.add(text);
            failed++;
        } else if (option.equals("--module")) {
            judged.add(text);
        } else if (option.equals("--reused")) {
            reused.add(text);
        } else if (option.equals("--log")) {
            readLog(Path.of(text));
        }
    }

    /**
     * Sources that do not compile, once for each module, regardless of other failures, and the modules skipped for that
     * reason.
     */
    private void readLog(Path log) throws IOException {
        Set<String> told = new HashSet<>();
        // any bytes are accepted: all searched texts are ASCII
        for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
            Matcher compiler = COMPILER_ERROR.matcher(line);
            Matcher build = BUILD_ERROR.matcher(line);
            Matcher left = NOT_BUILT.matcher(line);
            if (compiler.matches()) {
                Path module = root.relativize(Path.of(compiler.group(1)));
                String what = "%s: its %s sources do not compile".formatted(module, compiler.group(2));
                if (told.add(what)) {
                    told("--failed", "%s: %s".formatted(what, oneLine(compiler.group(3))));
                }
            } else if (build.matches() && !build.group(3).startsWith("Compilation failure")) {
                told("--failed", "%s: %s: %s".formatted(build.group(2), build.group(1), oneLine(build.group(3))));
            } else if (left.matches()) {
                notBuilt.add(left.group(1));
            }
        }
    }

    /** Reads the reports of all modules. */
    void read() throws IOException {
        Matcher modules = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
        while (modules.find()) {
            if (judged.isEmpty() || judged.contains(modules.group(1))) {
                readModule(modules.group(1));
            }
        }
        skippedAlone.keySet().removeAll(ran);
        skippedAlone.forEach((ofClass, why) -> unproven.add("%s: %s".formatted(ofClass, why)));
    }

    /** Modules of which every applicable test has passed, once they are read. */
    List<String> proven() {
        return List.copyOf(proven);
    }

    private void readModule(String module) throws IOException {
        int openBefore = openFindings();
        int passedElsewhere = passed;
        readReports(module);
        if (passed > passedElsewhere && openFindings() == openBefore) {
            proven.add(module);
        }
        if (reused.contains(module)) {
            passedBefore += passed - passedElsewhere;
        }
    }

    private int openFindings() {
        return failures.size() + skips.size() + unproven.size();
    }

    private void readReports(String module) throws IOException {
        Set<String> seen = new TreeSet<>();
        Path target = root.resolve(module).resolve("target");
        List<Path> reports = files(target.resolve("test-reports"), "open-test-report.xml");
        for (Path report : reports) {
            readReport(module, report, seen);
        }
        countOnce();
        if (reports.isEmpty()) {
            // A module with a parent of its own, like those of partners: the reports of a standard Maven build.
            for (Path report : files(target.resolve("surefire-reports"), "TEST-.*\\.xml")) {
                readPlainReport(module, report, seen);
            }
        }
        Matcher name = MODULE_NAME.matcher(Files.readString(root.resolve(module).resolve("pom.xml")));
        if (name.find() && notBuilt.contains(name.group(1))) {
            unproven.add(module + ": was not built, because what it needs has failed");
        }
        tellWhatNeverRan(module, seen);
    }

    private void tellWhatNeverRan(String module, Set<String> seen) throws IOException {
        int rest = 0;
        for (Path source : files(root.resolve(module).resolve("src/test/java"), TEST_FILE.pattern())) {
            String name = source.getFileName().toString().replace(".java", "");
            String code = Files.readString(source);
            if (seen.contains(name)
                    || ABSTRACT.matcher(code).find()
                    || !HAS_TESTS.matcher(code).find()) {
                continue;
            }
            if (unitTestsOnly && IN_CONTAINER.matcher(name).matches()) {
                rest++;
            } else {
                unproven.add("%s %s: was never run".formatted(module, name));
                neverRun++;
            }
        }
        if (rest > 0) {
            unproven.add(
                    "%s: %d classes that run in the container or the server, not asked for".formatted(module, rest));
        }
    }

    /** One test or one class, from start to end. */
    private static final class ReportNode {
        final String name;
        final String className;
        String uniqueId = "";
        boolean isTest;

        ReportNode(String name, String className) {
            this.name = name;
            this.className = className;
        }
    }

    /** Open test reporting: one event for each start and each end, so that unfinished tests are found. */
    private void readReport(String module, Path report, Set<String> seen) throws IOException {
        Map<String, ReportNode> open = new LinkedHashMap<>();
        Map<String, String> classes = new HashMap<>();
        try (InputStream stream = Files.newInputStream(report)) {
            XMLStreamReader xml = reader(stream);
            String id = "";
            ReportNode last = new ReportNode("", "");
            String status = "";
            StringBuilder reason = new StringBuilder();
            while (xml.hasNext()) {
                int event = xml.next();
                String element = xml.hasName() ? xml.getLocalName() : "";
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (element) {
                        case "started" -> {
                            id = xml.getAttributeValue(null, "id");
                            String parent = classes.getOrDefault(xml.getAttributeValue(null, "parentId"), "");
                            last = new ReportNode(xml.getAttributeValue(null, "name"), parent);
                            open.put(id, last);
                            classes.put(id, parent);
                        }
                        case "classSource" -> {
                            // a nested class belongs to the file of the outer one
                            String name =
                                    xml.getAttributeValue(null, "className").replaceFirst("\\$.*", "");
                            String simple = name.substring(name.lastIndexOf('.') + 1);
                            seen.add(simple);
                            classes.put(id, simple);
                        }
                        case "uniqueId" -> last.uniqueId = xml.getElementText();
                        case "type" -> last.isTest = xml.getElementText().contains("TEST");
                        case "finished" -> {
                            id = xml.getAttributeValue(null, "id");
                            status = "";
                            reason.setLength(0);
                        }
                        case "result" -> status = xml.getAttributeValue(null, "status");
                        case "reason", "throwable" ->
                            reason.append(xml.getElementText().strip());
                        default -> {
                            // of no interest
                        }
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT && element.equals("finished")) {
                    ReportNode node = open.remove(id);
                    count(module, node, classes.getOrDefault(id, node.className), status, reason.toString());
                }
            }
        } catch (XMLStreamException cutOff) {
            // The process ended early: unfinished tests are reported below.
        }
        boolean inATest = open.values().stream().anyMatch(node -> node.isTest);
        for (ReportNode node : open.values()) {
            if (node.isTest) {
                failed++;
                failures.add("%s %s.%s: has not ended".formatted(module, node.className, node.name));
            } else if (!inATest) {
                unproven.add("%s %s: has not ended".formatted(module, node.name));
            }
        }
    }

    private void count(String module, ReportNode node, String className, String status, String reason) {
        String what = node.isTest ? "%s %s.%s".formatted(module, className, node.name) : module + " " + node.name;
        String ofClass = module + " " + className;
        if (node.isTest && (status.equals("SUCCESSFUL") || status.equals("FAILED"))) {
            ran.add(ofClass);
        }
        switch (status) {
            case "SUCCESSFUL" -> {
                (node.isTest ? passedIds : passedClasses).add(node.uniqueId);
            }
            case "FAILED", "ERRORED" ->
                // a test that is run again has one report for each run
                failedIds.put(node.uniqueId, "%s: %s".formatted(what, oneLine(reason)));
            default -> {
                if (node.isTest) {
                    skipped(what, oneLine(reason));
                    skippedAlone.putIfAbsent(ofClass, oneLine(reason));
                } else {
                    unproven.add("%s: %s".formatted(what, oneLine(reason)));
                }
            }
        }
    }

    /** Each test of the module once, whether it was run again or not. */
    private void countOnce() {
        failedIds.forEach((uniqueId, failure) -> {
            if (passedIds.contains(uniqueId) || passedClasses.contains(uniqueId)) {
                unsteady.add(failure);
            } else {
                failed++;
                failures.add(failure);
            }
        });
        passed += passedIds.size();
        passedIds.clear();
        passedClasses.clear();
        failedIds.clear();
    }

    private void skipped(String what, String reason) {
        skipped++;
        if (reason.startsWith(DOES_NOT_APPLY)) {
            notApplying.add("%s: %s".formatted(what, reason.substring(DOES_NOT_APPLY.length())));
        } else {
            skips.add("%s: %s".formatted(what, reason));
        }
    }

    private void readPlainReport(String module, Path report, Set<String> seen) throws IOException {
        try (InputStream stream = Files.newInputStream(report)) {
            XMLStreamReader xml = reader(stream);
            String test = "";
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "testsuite" ->
                        seen.add(xml.getAttributeValue(null, "name").replaceFirst(".*\\.", ""));
                    case "testcase" -> {
                        test = xml.getAttributeValue(null, "name");
                        passed++;
                    }
                    case "failure", "error" -> {
                        passed--;
                        failed++;
                        failures.add("%s %s".formatted(module, test));
                    }
                    case "skipped" -> {
                        passed--;
                        // the reason is in the attribute, or with the stack in the text
                        String message = xml.getAttributeValue(null, "message");
                        String text = xml.getElementText();
                        skipped("%s %s".formatted(module, test), oneLine(message == null ? text : message));
                    }
                    default -> {
                        // of no interest
                    }
                }
            }
        } catch (XMLStreamException cutOff) {
            failed++;
            failures.add("%s: %s ends in the middle".formatted(module, report.getFileName()));
        }
    }

    private static XMLStreamReader reader(InputStream stream) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        return factory.createXMLStreamReader(stream);
    }

    private static List<Path> files(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        }
    }

    /** The message of a failure without its stack, in one line. */
    private static String oneLine(String reason) {
        String message = reason.lines()
                .takeWhile(line -> !line.startsWith("\tat "))
                .collect(Collectors.joining(" "))
                .strip()
                .replaceAll("\\s+", " ");
        if (message.isEmpty()) {
            return "without a reason";
        }
        String line = EXCEPTION.matcher(message).replaceFirst("");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
    }

    boolean isGood() {
        boolean nothingLeftOut = skips.isEmpty() && unproven.isEmpty();
        return failed == 0 && neverRun == 0 && (nothingLeftOut || !everything);
    }

    /** Failures and unproven classes, one line each; then the counts without and, as the last line, with the latter. */
    String text() {
        StringBuilder text = new StringBuilder();
        list(text, "Does not apply:", notApplying);
        list(text, "Skipped:", skips);
        list(text, "Not proven:", unproven);
        list(text, "Unsteady, passed when run again:", unsteady);
        // last: who looks at the end of a long log looks for these
        list(text, "Failed:", failures);
        if (!reused.isEmpty()) {
            text.append(
                    "Passed before with the same content: %d tests, modules: %d; ./smo test --fresh runs them again%n"
                            .formatted(passedBefore, reused.size()));
        }
        String counts = "%d passed, %d failed, %d skipped".formatted(passed, failed, skipped);
        return text.append(counts)
                .append('\n')
                .append("%s, %d not proven%n".formatted(counts, unproven.size()))
                .toString();
    }

    private static void list(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append(title).append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
    }
}
