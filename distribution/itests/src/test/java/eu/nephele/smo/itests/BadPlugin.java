// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A plugin with one strategy that does something that it must not; compiled here. The strategy has the id of the bundle.
 *
 * @param id symbolic name
 * @param activation statements of its constructor
 * @param deed statements before it answers; {@code chosen} is the answer
 * @param headers of the manifest, instead of those that a good plugin has
 * @param entries further entries of the jar, by name
 */
record BadPlugin(String id, String activation, String deed, Map<String, String> headers, Map<String, byte[]> entries) {

    static final String VERSION = "1.0.0";

    private static final String API = "eu.nephele.smo.api.";
    private static final String IMPORTS =
            "%smodel;version=\"[0.1,1)\",%splacement;version=\"[0.1,1)\"".formatted(API, API);

    /** One that is as it should be. */
    static BadPlugin good(String id) {
        return new BadPlugin(id, "", "", Map.of(), Map.of());
    }

    static BadPlugin whose(String id, String deed) {
        return new BadPlugin(id, "", deed, Map.of(), Map.of());
    }

    BadPlugin activating(String statements) {
        return new BadPlugin(id, statements, deed, headers, entries);
    }

    BadPlugin with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new BadPlugin(id, activation, deed, more, entries);
    }

    BadPlugin importing(String name) {
        return with("Import-Package", IMPORTS + "," + name);
    }

    BadPlugin with(String entry, byte[] content) {
        Map<String, byte[]> more = new TreeMap<>(entries);
        more.put(entry, content);
        return new BadPlugin(id, activation, deed, headers, more);
    }

    byte[] bytes() throws IOException {
        Path folder = Distribution.freshFolder("bad");
        compile(folder);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest());
                Stream<Path> files = Files.walk(folder)) {
            put(jar, "OSGI-INF/strategy.xml", component());
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                put(jar, folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(jar, entry.getKey(), entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private void compile(Path folder) throws IOException {
        Path source = folder.resolve("BadStrategy.java");
        Files.writeString(source, source());
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "--release", "17", "-classpath"));
        arguments.addAll(List.of(api().toString(), "-d", folder.toString(), source.toString()));
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new AssertionError(id + " does not compile: " + errors.toString(StandardCharsets.UTF_8));
        }
    }

    private String source() throws IOException {
        try (InputStream in = BadPlugin.class.getResourceAsStream("/plugins/strategy.txt")) {
            if (in == null) {
                throw new AssertionError("plugins/strategy.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("%activation%", activation)
                    .replace("%deed%", deed);
        }
    }

    private static Path api() throws IOException {
        try (Stream<Path> jars = Files.list(Distribution.HOME.resolve("bundles"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("smo-api-"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("The installation has no smo-api"));
        }
    }

    private Manifest manifest() {
        Map<String, String> all = new TreeMap<>(Map.of(
                "Bundle-ManifestVersion",
                "2",
                "Bundle-SymbolicName",
                id,
                "Bundle-Version",
                VERSION,
                "Import-Package",
                IMPORTS,
                "Service-Component",
                "OSGI-INF/strategy.xml",
                "Require-Capability",
                "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.3.0)(!(version>=2.0.0)))\""));
        all.putAll(headers);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        all.forEach(manifest.getMainAttributes()::putValue);
        return manifest;
    }

    private byte[] component() {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="org.example.bad.BadStrategy">
              <property name="smo.strategy.id" value="%s"/>
              <service><provide interface="eu.nephele.smo.api.placement.PlacementStrategy"/></service>
              <implementation class="org.example.bad.BadStrategy"/>
            </scr:component>
            """.formatted(id).getBytes(StandardCharsets.UTF_8);
    }
}
