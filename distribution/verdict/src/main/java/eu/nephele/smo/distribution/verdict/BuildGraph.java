// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.verdict;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The modules of the build and which need which, by their poms.
 *
 * <p>A single file, run by {@code java BuildGraph.java COMMAND ROOT}:
 *
 * <ul>
 *   <li>{@code affected}: modules whose tests a change can break, one per line: those of the changed files and all that depend on
 *       them; the files are read from standard input, relative to the root. A last line {@value #IN_CONTAINER} says that tests in
 *       the container are affected, too.
 *   <li>{@code keys}: one line {@code MODULE KEY} per module. The key is a sum of the files of the module and of the modules it
 *       needs. Files of the build, those that its pom or its tests name by a path, and the version of Java count as well.
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
    /** A path out of the folder of the module, in a literal of a test or an element of the pom. */
    private static final Pattern OUTSIDE = Pattern.compile("[\">](\\.\\./[^\"<]*)[\"<]");

    private static final Pattern IN_CONTAINER_CLASS = Pattern.compile(".*/src/test/java/.*/(\\w+IT)\\.java");

    private final Path root;
    private final Path shared;
    private final List<String> modules;
    private final Map<String, Set<String>> dependents = new LinkedHashMap<>();
    private final Map<String, Set<String>> dependentsOfTests = new LinkedHashMap<>();
    /** Files and folders that poms, and those that tests name by a path; the first are part of what dependents read. */
    private final Map<String, Set<Path>> namedByPoms = new LinkedHashMap<>();

    private final Map<String, Set<Path>> namedByTests = new LinkedHashMap<>();

    BuildGraph(Path root) throws IOException {
        this.root = root;
        shared = root.resolveSibling("shared");
        modules = all(MODULE, Files.readString(root.resolve("pom.xml"))).stream()
                .filter(module -> !module.equals(COVERAGE))
                .toList();
        Map<String, String> poms = new LinkedHashMap<>();
        Map<String, String> byArtifact = new LinkedHashMap<>();
        for (String module : modules) {
            String pom = Files.readString(root.resolve(module).resolve("pom.xml"));
            poms.put(module, pom);
            byArtifact.put(all(ARTIFACT, PARENT.matcher(pom).replaceFirst("")).get(0), module);
            namedByPoms.put(module, outside(module, List.of(PARENT.matcher(pom).replaceFirst(""))));
            namedByTests.put(module, outside(module, testSources(module)));
        }
        poms.forEach((module, pom) -> {
            collect(ARTIFACT, pom, byArtifact, module, dependents);
            collect(TEST_JAR, pom, byArtifact, module, dependentsOfTests);
        });
    }

    public static void main(String[] arguments) throws IOException {
        BuildGraph graph = new BuildGraph(Path.of(arguments[1]).toAbsolutePath().normalize());
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
            Path path = root.resolve(file);
            for (String module : modules) {
                if (names(namedByPoms, module, path)) {
                    Set<String> reached = reached(module, false);
                    affected.addAll(reached);
                    product |= reached.contains(PRODUCT);
                } else if (names(namedByTests, module, path)) {
                    affected.add(module);
                }
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

    private static boolean names(Map<String, Set<Path>> named, String module, Path file) {
        return named.getOrDefault(module, Set.of()).stream().anyMatch(file::startsWith);
    }

    /** For each module hexadecimal digits for everything that its compilation and its tests read; libraries count by version. */
    Map<String, String> keys() throws IOException {
        Map<String, byte[]> own = new LinkedHashMap<>();
        for (String module : modules) {
            List<Path> read = new ArrayList<>(List.of(root.resolve(module)));
            read.addAll(namedByPoms.getOrDefault(module, Set.of()));
            own.put(module, sum(read));
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
            key.update(sum(namedByTests.getOrDefault(module, Set.of())));
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

    private List<String> testSources(String module) throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path file : files(root.resolve(module).resolve("src/test"))) {
            if (file.toString().endsWith(".java")) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }

    private Set<Path> outside(String module, List<String> texts) {
        Path folder = root.resolve(module);
        return texts.stream()
                .flatMap(text -> all(OUTSIDE, text).stream())
                .map(name -> folder.resolve(name).normalize())
                .filter(path -> (path.startsWith(root) && !path.equals(root)) || path.startsWith(shared))
                .filter(path -> !isBuilt(path))
                // the order is not to depend on where the checkout lies
                .collect(Collectors.toCollection(() -> new TreeSet<>(Comparator.comparing(root::relativize))));
    }

    /** A checkout may itself lie in a folder of that name. */
    private boolean isBuilt(Path path) {
        Path inside = path.startsWith(root) ? root.relativize(path) : path;
        return IntStream.range(0, inside.getNameCount())
                .anyMatch(i -> inside.getName(i).toString().equals("target"));
    }

    private byte[] sum(Collection<Path> places) throws IOException {
        MessageDigest sum = digest();
        for (Path place : places) {
            for (Path file : files(place)) {
                sum.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                sum.update(digest().digest(Files.readAllBytes(file)));
            }
        }
        return sum.digest();
    }

    /** Files in a folder in a fixed order, without those that a build makes; the file itself when it is none. */
    private List<Path> files(Path place) throws IOException {
        if (!Files.exists(place)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(place, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return isBuilt(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (Files.isRegularFile(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(Comparator.naturalOrder());
        return files;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
