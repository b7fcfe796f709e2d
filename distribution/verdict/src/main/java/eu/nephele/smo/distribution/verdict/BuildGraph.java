// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.verdict;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The modules of the build and which need which, by their poms.
 *
 * <p>A single file, run by {@code java BuildGraph.java COMMAND ROOT}:
 *
 * <ul>
 *   <li>{@code affected}: modules whose tests a change can break, one per line: those of the changed files and all that depend on
 *       them; the files are read from standard input, relative to the root. A last line {@value #IN_CONTAINER} says that tests in
 *       the container are affected, too.
 *   <li>{@code keys}: one line {@code MODULE KEY} per module; the key changes with the sources of the module, of a module that it
 *       needs, of the build itself, and with the version of Java.
 * </ul>
 */
public final class BuildGraph {

    /** The line for the tests in the container; {@code IN_CONTAINER Name,Name} when only these classes have changed. */
    static final String IN_CONTAINER = "in-container";

    private static final String TESTS_OF_THE_PRODUCT = "distribution/itests";
    private static final String PRODUCT = "distribution/smo";
    /** Judges complete runs only. */
    private static final String COVERAGE = "distribution/coverage";

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern PARENT = Pattern.compile("(?s)<parent>.*?</parent>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
    private static final Pattern TEST_JAR = Pattern.compile(
            "<artifactId>([^<]+)</artifactId>(?:\\s*<version>[^<]*</version>)?\\s*<type>test-jar</type>");
    private static final Pattern IN_CONTAINER_CLASS = Pattern.compile(".*/src/test/java/.*/(\\w+IT)\\.java");

    private final Path root;
    private final List<String> modules;
    private final Map<String, Set<String>> dependents = new LinkedHashMap<>();
    private final Map<String, Set<String>> dependentsOfTests = new LinkedHashMap<>();

    BuildGraph(Path root) throws IOException {
        this.root = root;
        modules = all(MODULE, Files.readString(root.resolve("pom.xml"))).stream()
                .filter(module -> !module.equals(COVERAGE))
                .toList();
        Map<String, String> poms = new LinkedHashMap<>();
        Map<String, String> byArtifact = new LinkedHashMap<>();
        for (String module : modules) {
            String pom = Files.readString(root.resolve(module).resolve("pom.xml"));
            poms.put(module, pom);
            byArtifact.put(all(ARTIFACT, PARENT.matcher(pom).replaceFirst("")).get(0), module);
        }
        poms.forEach((module, pom) -> {
            collect(ARTIFACT, pom, byArtifact, module, dependents);
            collect(TEST_JAR, pom, byArtifact, module, dependentsOfTests);
        });
    }

    public static void main(String[] arguments) throws IOException {
        BuildGraph graph = new BuildGraph(Path.of(arguments[1]));
        if (arguments[0].equals("affected")) {
            graph.affected(new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList())
                    .forEach(System.out::println);
        } else {
            graph.keys().forEach((module, key) -> System.out.println(module + " " + key));
        }
    }

    /**
     * Modules in the order of the build, then perhaps the line for the tests in the container.
     *
     * @param changed files relative to the root, with {@code /}
     */
    List<String> affected(List<String> changed) {
        Set<String> affected = new TreeSet<>(Comparator.comparingInt(modules::indexOf));
        Set<String> classes = new TreeSet<>();
        boolean product = false;
        for (String file : changed) {
            Optional<String> owner = owner(file);
            Matcher inContainer = IN_CONTAINER_CLASS.matcher(file);
            if (owner.isEmpty()) {
                affected.addAll(modules);
                product = true;
            } else if (owner.get().equals(TESTS_OF_THE_PRODUCT) && inContainer.matches()) {
                affected.add(TESTS_OF_THE_PRODUCT);
                classes.add(inContainer.group(1));
            } else {
                Set<String> reached = reached(owner.get(), file.startsWith(owner.get() + "/src/test/"));
                affected.addAll(reached);
                product |= reached.contains(PRODUCT)
                        || (file.startsWith(TESTS_OF_THE_PRODUCT + "/") && !file.endsWith("Test.java"));
            }
        }
        List<String> lines = new ArrayList<>(affected);
        if (product) {
            lines.add(IN_CONTAINER);
        } else if (!classes.isEmpty()) {
            lines.add(IN_CONTAINER + " " + String.join(",", classes));
        }
        return lines;
    }

    /** For each module a number in hexadecimal digits for everything that its compilation reads, the libraries by their versions. */
    Map<String, String> keys() throws IOException {
        Map<String, byte[]> own = new LinkedHashMap<>();
        for (String module : modules) {
            own.put(
                    module,
                    sum(List.of(
                            root.resolve(module).resolve("pom.xml"),
                            root.resolve(module).resolve("src"))));
        }
        byte[] build = sum(List.of(root.resolve("pom.xml"), root.resolve(".mvn")));
        Map<String, String> keys = new LinkedHashMap<>();
        for (String module : modules) {
            MessageDigest key = digest();
            key.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
            key.update(build);
            own.forEach((needed, sum) -> {
                if (reached(needed, false).contains(module)) {
                    key.update(sum);
                }
            });
            keys.put(module, HexFormat.of().formatHex(key.digest()));
        }
        return keys;
    }

    /** Empty for a file of the whole build, the root pom for example. */
    private Optional<String> owner(String file) {
        boolean document = file.startsWith("docs/") || (!file.contains("/") && file.endsWith(".md"));
        if (document || file.startsWith(".ci/")) {
            return Optional.of(TESTS_OF_THE_PRODUCT);
        }
        if (file.startsWith("features/")) {
            return Optional.of(PRODUCT);
        }
        return modules.stream()
                .filter(module -> file.startsWith(module + "/"))
                .max(Comparator.comparingInt(String::length))
                // pages and samples beside the modules
                .or(() -> Optional.of(TESTS_OF_THE_PRODUCT)
                        .filter(tests -> file.startsWith("examples/") || file.startsWith("bundles/")));
    }

    private Set<String> reached(String module, boolean onlyTests) {
        Set<String> reached = new LinkedHashSet<>(Set.of(module));
        if (onlyTests) {
            reached.addAll(dependentsOfTests.getOrDefault(module, Set.of()));
            return reached;
        }
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            dependents.getOrDefault(open.pop(), Set.of()).stream()
                    .filter(reached::add)
                    .forEach(open::push);
        }
        return reached;
    }

    private static void collect(
            Pattern pattern, String pom, Map<String, String> byArtifact, String module, Map<String, Set<String>> into) {
        all(pattern, pom).stream()
                .flatMap(artifact -> Optional.ofNullable(byArtifact.get(artifact)).stream())
                .filter(needed -> !needed.equals(module))
                .forEach(needed -> into.computeIfAbsent(needed, none -> new LinkedHashSet<>())
                        .add(module));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private byte[] sum(List<Path> places) throws IOException {
        MessageDigest sum = digest();
        for (Path place : places) {
            if (Files.exists(place)) {
                try (Stream<Path> all = Files.walk(place)) {
                    for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                        sum.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                        sum.update(digest().digest(Files.readAllBytes(file)));
                    }
                }
            }
        }
        return sum.digest();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
