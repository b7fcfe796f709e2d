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
    void aPackageUsesWhatItsDescriptionSaysNoMoreAndNoLess() throws IOException {
        Map<String, Set<String>> said = new TreeMap<>();
        for (String name : arrows().keySet()) {
            if (!name.equals(ASSEMBLY)) {
                said.put(name, said(name));
            }
        }
        Map<String, Set<String>> arrows = arrows();
        assertThat(arrows).as("packages that were found").hasSizeGreaterThan(10);
        arrows.remove(ASSEMBLY);
        assertThat(arrows).isEqualTo(said);
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
