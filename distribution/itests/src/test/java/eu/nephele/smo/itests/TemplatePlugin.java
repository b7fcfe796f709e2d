// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The strategy that {@code smo new strategy} begins with, as a plugin of any name and version: compiled here, from the template. */
final class TemplatePlugin {

    private static final Path SOURCE = Path.of(
                    "../../examples/templates/strategy/src/main/java/org/example/template/TemplateStrategy.java")
            .toAbsolutePath()
            .normalize();
    private static final String CLASS = "org.example.template.TemplateStrategy";

    private TemplatePlugin() {}

    /**
     * @param id symbolic name of the bundle, and id of the strategy
     * @return the jar, named after both
     */
    static Path jar(String id, String version) throws IOException {
        Path folder = Distribution.freshFolder("plugin");
        compile(folder);
        Path jar = folder.resolve(id + "-" + version + ".jar");
        Files.write(jar, bytes(folder, manifest(id, version), component(id)));
        return jar;
    }

    private static void compile(Path folder) throws IOException {
        String source = Files.readString(SOURCE)
                .replaceAll("(?m)^import org\\.osgi\\..*$", "")
                .replaceAll("(?m)^@Component.*$", "");
        Path file = Files.writeString(folder.resolve("TemplateStrategy.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int result = compiler.run(
                null,
                null,
                errors,
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

    private static Manifest manifest(String id, String version) {
        Manifest manifest = new Manifest();
        Map<String, String> headers = Map.of(
                "Bundle-ManifestVersion",
                "2",
                "Bundle-SymbolicName",
                id,
                "Bundle-Version",
                version,
                "Import-Package",
                Stream.of("model", "placement")
                        .map(name -> "eu.nephele.smo.api." + name + ";version=\"[0.1,1)\"")
                        .reduce((one, other) -> one + "," + other)
                        .orElseThrow(),
                "Service-Component",
                "OSGI-INF/strategy.xml",
                "Require-Capability",
                "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.3.0)(!(version>=2.0.0)))\"");
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        return manifest;
    }

    private static String component(String id) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%2$s">
                  <property name="smo.strategy.id" value="%1$s"/>
                  <service><provide interface="eu.nephele.smo.api.placement.PlacementStrategy"/></service>
                  <implementation class="%2$s"/>
                </scr:component>
                """.formatted(id, CLASS);
    }

    private static byte[] bytes(Path folder, Manifest manifest, String component) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
                Stream<Path> files = Files.walk(folder)) {
            jar.putNextEntry(new JarEntry("OSGI-INF/strategy.xml"));
            jar.write(component.getBytes(StandardCharsets.UTF_8));
            List<Path> classes = files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
            for (Path file : classes) {
                jar.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
                jar.write(Files.readAllBytes(file));
            }
        }
        return bytes.toByteArray();
    }
}
