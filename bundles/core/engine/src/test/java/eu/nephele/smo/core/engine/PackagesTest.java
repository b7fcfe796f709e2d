// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of the engine, read from its classes. */
class PackagesTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Path SOURCES = Path.of("src/main/java/eu/nephele/smo/core/engine");
    private static final String ROOT = "eu\\.nephele\\.smo\\.core\\.engine";
    private static final Pattern ARROW =
            Pattern.compile("^ +%s(?:\\.(\\w+))? +-> %s(?:\\.(\\w+))? ".formatted(ROOT, ROOT), Pattern.MULTILINE);
    private static final Pattern NAMED = Pattern.compile("\\{@code (\\w+)}");
    /** The package that puts the others together. */
    private static final String ASSEMBLY = "";

    @Test
    void noPackagesNeedEachOtherInACircle() {
        Map<String, Set<String>> arrows = arrows();
        assertThat(arrows).as("packages that were found").hasSizeGreaterThan(10);
        assertThat(circle(arrows)).as("a circle of packages").isEmpty();
    }

    @Test
    void aPackageUsesWhatItsDescriptionSaysNoMoreAndNoLess() throws IOException {
        Map<String, Set<String>> said = new TreeMap<>();
        for (String name : arrows().keySet()) {
            if (!name.equals(ASSEMBLY)) {
                said.put(name, said(name));
            }
        }
        Map<String, Set<String>> arrows = arrows();
        arrows.remove(ASSEMBLY);
        assertThat(arrows).isEqualTo(said);
    }

    @Test
    void aCircleIsFound() {
        assertThat(circle(Map.of("a", Set.of("b", "c"), "b", Set.of(), "c", Set.of("d"), "d", Set.of("b", "c"))))
                .containsExactlyInAnyOrder("c", "d");
    }

    /** Packages that are left when those that need no other are taken away, again and again, from both ends. */
    private static Set<String> circle(Map<String, Set<String>> arrows) {
        Map<String, Set<String>> left = new TreeMap<>();
        arrows.forEach((from, to) -> left.put(from, new TreeSet<>(to)));
        boolean smaller = true;
        while (smaller) {
            Set<String> needed = new TreeSet<>();
            left.values().forEach(needed::addAll);
            smaller = left.entrySet().removeIf(one -> one.getValue().isEmpty() || !needed.contains(one.getKey()));
            left.values().forEach(to -> to.retainAll(left.keySet()));
        }
        return left.keySet();
    }

    /** Package → those that it uses; "" is the root. */
    private static Map<String, Set<String>> arrows() {
        StringWriter out = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        int code = jdeps.run(
                new PrintWriter(out), new PrintWriter(out), "-verbose:package", "-filter:none", CLASSES.toString());
        assertThat(code).as(out.toString()).isZero();
        Map<String, Set<String>> arrows = new TreeMap<>();
        Matcher matcher = ARROW.matcher(out.toString());
        while (matcher.find()) {
            String from = matcher.group(1) == null ? ASSEMBLY : matcher.group(1);
            String to = matcher.group(2) == null ? ASSEMBLY : matcher.group(2);
            Set<String> used = arrows.computeIfAbsent(from, any -> new TreeSet<>());
            if (!from.equals(to)) {
                used.add(to);
            }
        }
        return arrows;
    }

    /** The packages that the last sentence of a package's description names. */
    private static Set<String> said(String name) throws IOException {
        Path info = SOURCES.resolve(name).resolve("package-info.java");
        assertThat(info).as("what lives in " + name).exists();
        String text = Files.readString(info);
        assertThat(text).as("what lives in " + name).contains("Uses ");
        Matcher matcher = NAMED.matcher(text.substring(text.lastIndexOf("Uses ")));
        Set<String> names = new TreeSet<>();
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
