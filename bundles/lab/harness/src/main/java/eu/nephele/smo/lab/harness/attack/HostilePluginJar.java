// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A plugin made of classes of the JDK. It starts and offers a service, unless a forbidden part is added. */
final class HostilePluginJar {

    static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final StringBuilder manifest;
    private final Map<String, byte[]> before = new LinkedHashMap<>();
    private final Map<String, byte[]> after = new LinkedHashMap<>();

    /** @param id symbolic name */
    HostilePluginJar(String id) {
        manifest = new StringBuilder("""
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: %s
                Bundle-Version: 1.0.0
                Service-Component: OSGI-INF/lock.xml
                """.formatted(id).replace("\n", "\r\n"));
        entry("OSGI-INF/lock.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%s">
                  <service><provide interface="java.util.concurrent.locks.Lock"/></service>
                  <implementation class="java.util.concurrent.locks.ReentrantLock"/>
                </scr:component>
                """.formatted(id));
    }

    /** @param line of the main section, without its end */
    HostilePluginJar header(String line) {
        manifest.append(line).append("\r\n");
        return this;
    }

    HostilePluginJar entry(String name, String content) {
        return entry(name, content.getBytes(StandardCharsets.UTF_8));
    }

    HostilePluginJar entry(String name, byte[] content) {
        after.put(name, content);
        return this;
    }

    /** Adds an entry before the manifest. */
    HostilePluginJar first(String name, String content) {
        before.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, before);
            put(zip, Map.of(MANIFEST, (manifest + "\r\n").getBytes(StandardCharsets.UTF_8)));
            put(zip, after);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, Map<String, byte[]> entries) throws IOException {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            zip.putNextEntry(new ZipEntry(entry.getKey()));
            zip.write(entry.getValue());
        }
    }
}
