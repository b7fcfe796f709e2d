// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.attack.Shot.Demand;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Invalid plugins: broken archives, false manifests, entries outside the archive, archives that inflate. */
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
    /** Waits for the end of the installation. */
    private static final String UPLOAD = "/api/v1/plugins?wait=30";

    private static final int BOMB_BYTES = 20_000_000;

    @Override
    public String name() {
        return "manifest";
    }

    @Override
    public Shot next(Random random, AttackTarget target) {
        return random.nextInt(3) == 0 ? liar(random, target) : broken(random, target);
    }

    /** Its upload is right, so that only admission can reject it. */
    private static Shot liar(Random random, AttackTarget target) {
        byte[] jar = HostileMetadata.added(random, honest(target)).bytes();
        String path = UPLOAD + RandomPick.one(random, List.of("", "&name=x.jar"));
        return Shot.create(
                "a plugin that lies, %d bytes".formatted(jar.length),
                "POST",
                Demand.REFUSAL,
                target.trusted("POST", path).bytes("application/java-archive", jar));
    }

    private static Shot broken(Random random, AttackTarget target) {
        byte[] jar;
        String what;
        switch (random.nextInt(4)) {
            case 0 -> {
                byte[] whole = honest(target).bytes();
                jar = Arrays.copyOf(whole, random.nextInt(whole.length));
                what = "a plugin, cut off";
            }
            case 1 -> {
                // wrong bytes may be harmless; a missing requirement keeps such a plugin from starting
                jar = homeless(target).bytes();
                for (int i = 1 + random.nextInt(20); i > 0; i--) {
                    jar[random.nextInt(jar.length)] = (byte) random.nextInt();
                }
                what = "a plugin with wrong bytes";
            }
            case 2 -> {
                jar = RandomPick.noise(random, random.nextInt(50_000));
                what = "noise";
            }
            default -> {
                jar = odd(random, target);
                what = "an odd plugin";
            }
        }
        String name = RandomPick.one(
                random, List.of("", "&name=..%2f..%2fx.jar", "&name=x.jar", "&name=" + "x".repeat(500), "&name=%00"));
        boolean trusted = random.nextInt(5) > 0;
        RawRequest rawRequest = trusted ? target.trusted("POST", UPLOAD + name) : target.request("POST", UPLOAD + name);
        String mediaType = RandomPick.one(
                random, List.of("application/java-archive", "application/zip", "application/octet-stream"));
        return Shot.create(
                "%s, %d bytes%s".formatted(what, jar.length, name),
                "POST",
                Demand.REFUSAL,
                rawRequest.bytes(mediaType, jar));
    }

    private static HostilePluginJar honest(AttackTarget target) {
        return new HostilePluginJar("attack.p" + target.number());
    }

    /** A requirement without a provider. */
    private static HostilePluginJar homeless(AttackTarget target) {
        return honest(target).header("Import-Package: attack.nowhere");
    }

    /** Returns an odd plugin that cannot start, regardless of its other properties: only the answer to it counts. */
    private static byte[] odd(Random random, AttackTarget target) {
        HostilePluginJar jar = homeless(target);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            jar.header(RandomPick.one(random, LINES));
        }
        boolean bomb = random.nextInt(5) == 0;
        return jar.entry(RandomPick.one(random, ENTRIES), bomb ? new byte[BOMB_BYTES] : new byte[] {1, 2, 3})
                .bytes();
    }
}
