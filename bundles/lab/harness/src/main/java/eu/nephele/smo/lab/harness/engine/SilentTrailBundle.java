// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.access.AuditTrail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The file of a bundle with nothing but {@link SilentTrail}, which cannot be loaded here: only the server has OSGi. */
final class SilentTrailBundle {

    static final String SYMBOLIC_NAME = "eu.nephele.smo.lab.harness.silent-trail";

    private static final String ACTIVATOR = SilentTrailBundle.class.getPackageName() + ".SilentTrail";

    private SilentTrailBundle() {}

    static byte[] bytes() throws IOException {
        String own = ACTIVATOR.replace('.', '/') + ".class";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes);
                InputStream compiled = Optional.ofNullable(
                                SilentTrailBundle.class.getClassLoader().getResourceAsStream(own))
                        .orElseThrow(() -> new IOException(own + " is missing"))) {
            jar.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
            jar.write("""
                    Manifest-Version: 1.0
                    Bundle-ManifestVersion: 2
                    Bundle-SymbolicName: %s
                    Bundle-Version: 1.0.0
                    Bundle-Activator: %s
                    Import-Package: org.osgi.framework,
                     %s,
                     %s
                    """.formatted(
                            SYMBOLIC_NAME,
                            ACTIVATOR,
                            AuditTrail.class.getPackageName(),
                            AuditRecord.class.getPackageName())
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            jar.putNextEntry(new JarEntry(own));
            compiled.transferTo(jar);
        }
        return bytes.toByteArray();
    }
}
