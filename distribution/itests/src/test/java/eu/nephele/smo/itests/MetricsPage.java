// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The metrics that bundles describe, those that their classes name, and the page that is made of them. */
final class MetricsPage {

    static final Path PAGE =
            Path.of("../../docs/reference/metrics.md").toAbsolutePath().normalize();

    private static final String HEADER = "| name | type | unit | labels | meaning | where |";
    private static final Pattern CAPABILITY =
            Pattern.compile("smo\\.metric((?:;[\\w:<>]+=(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^;,\"]*))+)");
    private static final Pattern ATTRIBUTE =
            Pattern.compile(";(\\w+)(?::[\\w<>]+)?=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;,\"]*))");
    private static final Pattern NAME = Pattern.compile("smo_[a-z]+_[a-z_]+");

    /** Classes that name metrics of others: they read them. */
    private static final Set<String> READERS = Set.of("RuntimeReporter", "MetricTotals");

    /**
     * A described metric.
     *
     * @param room folder below {@code bundles}
     * @param labels with their values where these are known: {@code outcome=placed|infeasible}
     */
    record DescribedMetric(String room, String name, String type, String unit, List<String> labels, String meaning) {

        Map<String, Set<String>> values() {
            Map<String, Set<String>> values = new TreeMap<>();
            labels.forEach(label -> {
                String[] parts = label.split("=", 2);
                values.put(parts[0], parts.length == 1 ? Set.of() : Set.of(parts[1].split("\\|")));
            });
            return values;
        }

        String row() {
            return "| `%s` | %s | %s | %s | %s | [%s](../../bundles/%s) |"
                    .formatted(
                            name,
                            type.toLowerCase(Locale.ROOT),
                            unit,
                            labels.stream().map(DescribedMetric::label).collect(Collectors.joining(", ")),
                            meaning,
                            room,
                            room);
        }

        private static String label(String label) {
            String[] parts = label.split("=", 2);
            return parts.length == 1
                    ? "`%s`".formatted(parts[0])
                    : "`%s` (%s)"
                            .formatted(
                                    parts[0],
                                    Arrays.stream(parts[1].split("\\|"))
                                            .map("`%s`"::formatted)
                                            .collect(Collectors.joining(", ")));
        }
    }

    private MetricsPage() {}

    /** All, by name and then by room. */
    static List<DescribedMetric> described() {
        List<DescribedMetric> all = new ArrayList<>();
        rooms().forEach((room, classes) -> all.addAll(of(room, manifest(classes))));
        all.sort((one, other) -> (one.name() + " " + one.room()).compareTo(other.name() + " " + other.room()));
        return all;
    }

    static List<DescribedMetric> of(String room, String header) {
        List<DescribedMetric> found = new ArrayList<>();
        Matcher capability = CAPABILITY.matcher(header);
        while (capability.find()) {
            Map<String, String> attributes = new TreeMap<>();
            Matcher attribute = ATTRIBUTE.matcher(capability.group(1));
            while (attribute.find()) {
                attributes.put(
                        attribute.group(1),
                        attribute.group(2) == null
                                ? attribute.group(3)
                                : attribute.group(2).replaceAll("\\\\(.)", "$1"));
            }
            String labels = attributes.getOrDefault("labels", "");
            found.add(new DescribedMetric(
                    room,
                    attributes.getOrDefault("name", ""),
                    attributes.getOrDefault("type", ""),
                    attributes.getOrDefault("unit", ""),
                    labels.isEmpty() ? List.of() : List.of(labels.split(",")),
                    attributes.getOrDefault("meaning", "")));
        }
        return found;
    }

    /** Names of metrics in the code of each room that records some. */
    static Map<String, Set<String>> recorded() {
        Map<String, Set<String>> recorded = new TreeMap<>();
        rooms().forEach((room, classes) -> {
            Set<String> names = new TreeSet<>();
            classes(classes)
                    .filter(file ->
                            !READERS.contains(file.getFileName().toString().replaceAll("[.$].*", "")))
                    .forEach(file -> names.addAll(names(file)));
            if (!names.isEmpty()) {
                recorded.put(room, names);
            }
        });
        return recorded;
    }

    static String with(List<DescribedMetric> metrics, String page) {
        int header = page.indexOf(HEADER);
        if (header < 0) {
            throw new IllegalArgumentException("The page has no table with the columns " + HEADER);
        }
        int rows = page.indexOf('\n', page.indexOf('\n', header) + 1) + 1;
        int end = rows;
        while (page.startsWith("|", end)) {
            end = page.indexOf('\n', end) + 1;
        }
        return page.substring(0, rows)
                + metrics.stream().map(DescribedMetric::row).collect(Collectors.joining("\n", "", "\n"))
                + page.substring(end);
    }

    private static Map<String, Path> rooms() {
        Map<String, Path> rooms = new TreeMap<>();
        BundleFolder.all()
                .forEach(bundle -> rooms.put(
                        bundle.folder(),
                        BundleFolder.BUNDLES.resolve(bundle.folder()).resolve("target/classes")));
        return rooms;
    }

    private static String manifest(Path classes) {
        try (InputStream stream = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF"))) {
            String header = new Manifest(stream).getMainAttributes().getValue("Provide-Capability");
            return header == null ? "" : header;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> classes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<String> names(Path file) {
        Set<String> names = new TreeSet<>();
        try {
            new ClassReader(Files.readAllBytes(file)).accept(new Constants(names), ClassReader.SKIP_FRAMES);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return names;
    }

    /** Texts in fields and methods, not in annotations. */
    private static final class Constants extends ClassVisitor {

        private final Set<String> names;

        Constants(Set<String> names) {
            super(Opcodes.ASM9);
            this.names = names;
        }

        private void add(Object constant) {
            if (constant instanceof String text && NAME.matcher(text).matches()) {
                names.add(text);
            }
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            add(value);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitLdcInsn(Object value) {
                    add(value);
                }
            };
        }
    }
}
