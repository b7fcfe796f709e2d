// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.attack;

import eu.nephele.smo.lab.attack.Shot.Demand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Plugins that are none: broken archives, manifests that lie, entries that lead out, archives that grow. */
final class ManifestAttack implements Attack {

    private static final List<String> LINES = List.of(
            "Bundle-SymbolicName: ",
            "Bundle-SymbolicName: a b",
            "Bundle-SymbolicName: ../../x",
            "Bundle-SymbolicName: x;singleton:=",
            "Bundle-Version: 1.2.3.4.5",
            "Bundle-Version: 99999999999999999999",
            "Bundle-ManifestVersion: 9",
            "Import-Package: ",
            "Import-Package: a;version=\"[1",
            "Import-Package: eu.nephele.smo.core.engine",
            "Export-Package: java.lang",
            "Export-Package: eu.nephele.smo.api.model",
            "Fragment-Host: system.bundle",
            "Fragment-Host: eu.nephele.smo.access.security",
            "Require-Bundle: nobody",
            "Require-Capability: osgi.ee;filter:=\"(((\"",
            "DynamicImport-Package: *",
            "Bundle-Activator: java.lang.String",
            "Service-Component: /../../x.xml",
            "Bundle-ClassPath: ../lib.jar",
            "Bundle-NativeCode: x.so;osname=Linux",
            "SMO-Plugin: x",
            "no colon",
            "X: " + "x".repeat(100),
            "Bundle-SymbolicName: eu.nephele.smo.core.engine");
    private static final List<String> ENTRIES = List.of(
            "../../outside.class",
            "/etc/x",
            "META-INF/MANIFEST.MF/x",
            "a".repeat(2000),
            "C:\\x",
            "x\u0000y",
            "OSGI-INF/x.xml");
    private static final int BOMB_BYTES = 20_000_000;

    @Override
    public String name() {
        return "manifest";
    }

    @Override
    public Shot next(Random random, Target target) {
        byte[] jar = jar(random, target.number());
        String what = "a plugin of %d bytes".formatted(jar.length);
        switch (random.nextInt(5)) {
            case 0 -> {
                jar = Arrays.copyOf(jar, random.nextInt(jar.length));
                what = what + ", cut off";
            }
            case 1 -> {
                for (int i = 1 + random.nextInt(20); i > 0; i--) {
                    jar[random.nextInt(jar.length)] = (byte) random.nextInt();
                }
                what = what + ", with wrong bytes";
            }
            case 2 -> {
                jar = Pick.noise(random, random.nextInt(50_000));
                what = what + ", noise";
            }
            default -> what = what + ", whole";
        }
        String name = Pick.one(
                random, List.of("", "?file=..%2f..%2fx.jar", "?file=x.jar", "?file=" + "x".repeat(500), "?file=%00"));
        boolean trusted = random.nextInt(5) > 0;
        Request post = trusted
                ? target.trusted("POST", "/api/v1/plugins" + name)
                : target.request("POST", "/api/v1/plugins" + name);
        String mediaType =
                Pick.one(random, List.of("application/java-archive", "application/zip", "application/octet-stream"));
        return Shot.of(what + name, "POST", Demand.REFUSAL, post.bytes(mediaType, jar));
    }

    private static byte[] jar(Random random, int number) {
        StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\r\n");
        if (random.nextInt(3) > 0) {
            manifest.append("Bundle-ManifestVersion: 2\r\nBundle-SymbolicName: attack.p")
                    .append(number)
                    .append("\r\n");
        }
        // Nothing provides it, so whatever else is wrong or right, no such plugin can start.
        manifest.append("Import-Package: attack.nowhere\r\n");
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            manifest.append(Pick.one(random, LINES)).append("\r\n");
        }
        boolean bomb = random.nextInt(20) == 0;
        try {
            return zip(manifest.append("\r\n").toString(), Pick.one(random, ENTRIES), bomb);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zip(String manifest, String entry, boolean bomb) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write(manifest.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(bomb ? new byte[BOMB_BYTES] : new byte[] {1, 2, 3});
        }
        return bytes.toByteArray();
    }
}
