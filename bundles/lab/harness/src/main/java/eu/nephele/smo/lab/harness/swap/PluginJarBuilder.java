// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import eu.nephele.smo.lab.harness.swap.plugin.VersionedObjective;
import eu.nephele.smo.lab.harness.swap.plugin.VersionedStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Builds plugins of any id and version: a strategy and an objective, {@code ID-cost}, that both reveal their version. */
final class PluginJarBuilder {

    private static final String PACKAGE =
            VersionedStrategy.class.getPackageName().replace('.', '/') + '/';

    private PluginJarBuilder() {}

    /** @param id symbolic name, and id of the strategy */
    static Path write(Path file, String id, String version) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest(id, version))) {
            put(jar, "version.txt", version.getBytes(StandardCharsets.UTF_8));
            put(
                    jar,
                    "OSGI-INF/strategy.xml",
                    component(
                            VersionedStrategy.class,
                            "eu.nephele.smo.api.placement.PlacementStrategy",
                            "smo.strategy.id",
                            id));
            put(
                    jar,
                    "OSGI-INF/objective.xml",
                    component(
                            VersionedObjective.class,
                            "eu.nephele.smo.api.placement.PlacementObjective",
                            "smo.objective.name",
                            id + "-cost"));
            for (String name : List.of("OwnVersion", "VersionedObjective", "VersionedStrategy")) {
                put(jar, PACKAGE + name + ".class", content(name + ".class"));
            }
        }
        return file;
    }

    private static byte[] content(String name) throws IOException {
        try (InputStream in = VersionedStrategy.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing in the jar of the benchmark");
            }
            return in.readAllBytes();
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static Manifest manifest(String id, String version) {
        Map<String, String> headers = Map.of(
                "Bundle-ManifestVersion",
                "2",
                "Bundle-SymbolicName",
                id,
                "Bundle-Version",
                version,
                "Import-Package",
                "eu.nephele.smo.api.model;version=\"[0.1,1)\",eu.nephele.smo.api.placement;version=\"[0.1,1)\"",
                "Service-Component",
                "OSGI-INF/strategy.xml,OSGI-INF/objective.xml",
                "Require-Capability",
                "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.3.0)(!(version>=2.0.0)))\"");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        return manifest;
    }

    private static byte[] component(Class<?> type, String service, String property, String value) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s">
                  <property name="%3$s" value="%4$s"/>
                  <service><provide interface="%2$s"/></service>
                  <implementation class="%1$s"/>
                </scr:component>
                """.formatted(type.getName(), service, property, value).getBytes(StandardCharsets.UTF_8);
    }
}
