// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.plugins.samples.AllOnFirst;
import eu.nephele.smo.core.plugins.samples.Offering;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes small plugins. */
final class Jar {

    static final String IMPORTS = "org.osgi.framework;version=\"[1.8,2)\","
            + "eu.nephele.smo.api.placement;version=\"[0.1,1)\",eu.nephele.smo.api.model;version=\"[0.1,1)\"";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** A bundle that publishes the strategy {@code id}. */
    static Jar plugin(String id, String version) {
        return empty(id, version)
                .header("Bundle-Activator", Offering.class.getName())
                .header("X-Strategy", id)
                .code(Offering.class)
                .code(AllOnFirst.class);
    }

    static Jar empty(String id, String version) {
        return new Jar()
                .header("Manifest-Version", "1.0")
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", id)
                .header("Bundle-Version", version)
                .header("Import-Package", IMPORTS);
    }

    /** A plugin whose strategy is a component. */
    static Jar component(String id, Class<?> type, String reference) {
        return plugin(id, "1.0.0")
                .header("Bundle-Activator", "")
                .header("Service-Component", "OSGI-INF/c.xml")
                .code(type)
                .entry("OSGI-INF/c.xml", """
                        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s">
                          <implementation class="%1$s"/>
                          <service><provide interface="eu.nephele.smo.api.placement.PlacementStrategy"/></service>
                          <property name="smo.strategy.id" value="%2$s"/>%3$s
                        </scr:component>""".formatted(type.getName(), id, reference));
    }

    /** A plugin with a component that has to do with the number of replicas. */
    static Jar scaling(String id, Class<?> type, Class<?> provided, String property) {
        return empty(id, "1.0.0")
                .header("Import-Package", IMPORTS + ",eu.nephele.smo.api.scaling;version=\"[0.1,1)\"")
                .header("Service-Component", "OSGI-INF/c.xml")
                .code(type)
                .entry("OSGI-INF/c.xml", """
                        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s">
                          <implementation class="%1$s"/>
                          <service><provide interface="%2$s"/></service>
                          <property name="%3$s" value="%4$s"/>
                        </scr:component>""".formatted(type.getName(), provided.getName(), property, id));
    }

    /** A plugin that connects an outside system, and begins when its PID is configured. */
    static Jar adapter(String id, Class<?> type, String pid) {
        return empty(id, "1.0.0")
                .header("Import-Package", IMPORTS + ",eu.nephele.smo.api.port;version=\"[0.1,1)\"")
                .header("Service-Component", "OSGI-INF/c.xml")
                .code(type)
                .entry("OSGI-INF/c.xml", """
                        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s"
                            configuration-policy="require" configuration-pid="%2$s">
                          <implementation class="%1$s"/>
                          <service><provide interface="eu.nephele.smo.api.port.SecretSource"/></service>
                        </scr:component>""".formatted(type.getName(), pid));
    }

    /** A zip without a manifest. */
    static Jar zip() {
        return new Jar();
    }

    /** Sets a header; "" removes it. */
    Jar header(String name, String value) {
        if (value.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return this;
    }

    Jar entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    Jar entry(String name, String content) {
        return entry(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Jar code(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = Jar.class.getClassLoader().getResourceAsStream(name)) {
            return entry(name, in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            if (!headers.isEmpty()) {
                write(zip, "META-INF/MANIFEST.MF", manifest());
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                write(zip, entry.getKey(), entry.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private byte[] manifest() throws IOException {
        java.util.jar.Manifest manifest = new java.util.jar.Manifest();
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        manifest.write(out);
        return out.toByteArray();
    }

    /** Writes it beside and moves it, as a careful operator does. */
    Path into(Path file) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.copy(new ByteArrayInputStream(bytes()), part);
        return Files.move(
                part,
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}
