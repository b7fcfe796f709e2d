// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A metrics source in whose memory services have run for a month, as a plugin: compiled here. No simulated world is as old as that.
 *
 * @param cores that each service uses
 * @param bytes of memory that each service uses
 */
record PastMetricsPlugin(double cores, double bytes) {

    static final String ID = "org.example.past";

    private static final Path SOURCE =
            Path.of("src/test/resources/plugins/metrics.txt").toAbsolutePath().normalize();
    private static final String CLASS = "org/example/past/PastMetrics.class";
    private static final String COMPONENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="past">
              <property name="service.ranking" type="Integer" value="1000"/>
              <property name="smo.system" value="past"/>
              <service><provide interface="eu.nephele.smo.api.port.MetricsSource"/></service>
              <implementation class="org.example.past.PastMetrics"/>
            </scr:component>
            """;

    /** The folder of plugins is watched. */
    void put(Path plugins) throws IOException {
        Path folder = Distribution.freshFolder("plugin");
        compile(folder);
        Path jar = folder.resolve(ID + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest())) {
            put(out, "OSGI-INF/past.xml", COMPONENT.getBytes(StandardCharsets.UTF_8));
            put(out, CLASS, Files.readAllBytes(folder.resolve(CLASS)));
        }
        Files.createDirectories(plugins);
        Files.copy(jar, plugins.resolve(ID + ".jar"));
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
    }

    private void compile(Path folder) throws IOException {
        String source = Files.readString(SOURCE)
                .replace("%cores%", Double.toString(cores))
                .replace("%bytes%", Double.toString(bytes));
        Path file = Files.writeString(folder.resolve("PastMetrics.java"), source);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        errors,
                        "-proc:none",
                        "-nowarn",
                        "--release",
                        "17",
                        "-classpath",
                        api().toString(),
                        "-d",
                        folder.toString(),
                        file.toString());
        if (result != 0) {
            throw new AssertionError(SOURCE + " does not compile: " + errors.toString(StandardCharsets.UTF_8));
        }
    }

    private static Path api() throws IOException {
        try (Stream<Path> jars = Files.list(Distribution.HOME.resolve("bundles"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("smo-api-"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("The installation has no smo-api"));
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        Map.of(
                        "Bundle-ManifestVersion",
                        "2",
                        "Bundle-SymbolicName",
                        ID,
                        "Bundle-Version",
                        "1.0.0",
                        "Import-Package",
                        "eu.nephele.smo.api.port;version=\"[0.3,1)\",eu.nephele.smo.api.scaling;version=\"[0.2,1)\"",
                        "Service-Component",
                        "OSGI-INF/past.xml",
                        "Require-Capability",
                        "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.3.0)(!(version>=2.0.0)))\"")
                .forEach(manifest.getMainAttributes()::putValue);
        return manifest;
    }
}
