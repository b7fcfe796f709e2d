// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Metadata that no plugin may have, each written so that one reader of a bundle may see it and another not. The plugin that
 * carries it starts without it, so only admission can keep it out; a fragment, which never starts, could attach to its host.
 */
final class HostileMetadata {

    /** The framework ignores the case of their names. */
    private static final List<String> HEADERS = List.of(
            "DynamicImport-Package: *",
            "DynamicImport-Package: org.nobody,eu.nephele.*",
            "Import-Package: eu.nephele.smo.core.contract.plugin;version=\"[0.1,1)\"",
            "Require-Bundle: eu.nephele.smo.core.contract",
            "Require-Capability: osgi.wiring.package;filter:=\"(osgi.wiring.package=e*.smo.core.contract.plugin)\"",
            "Export-Package: attack.lib;version=1",
            "Export-Package: eu.nephele.smo.api.model;version=0.1",
            "Fragment-Host: system.bundle;extension:=framework",
            "Fragment-Host: eu.nephele.smo.access.security",
            "Bundle-SymbolicName: attack.other",
            "Bundle-Version: 2.0.0");

    private static final String TWIN =
            "Manifest-Version: 1.0\r\nBundle-ManifestVersion: 2\r\nBundle-SymbolicName: attack.twin\r\nDynamicImport-Package: *\r\n\r\n";

    private static final List<UnaryOperator<HostilePluginJar>> OTHERS = List.of(
            jar -> jar.entry("META-INF/Manifest.mf", TWIN),
            jar -> jar.first("META-INF/Manifest.mf", TWIN),
            jar -> jar.first("meta-inf/MANIFEST.MF", TWIN),
            jar -> jar.first("META-INF/manifest.MF", TWIN),
            jar -> jar.header("X: y\rDynamicImport-Package: *"),
            jar -> jar.header("\r\n Export-Package: attack.lib"),
            jar -> jar.entry("lib/linux/libfast.so.1", "elf"),
            jar -> jar.entry("../../outside.class", "code"),
            jar -> jar.entry("a/../../../outside.class", "code"),
            jar -> jar.entry("/etc/x", "x"),
            jar -> jar.entry("C:\\x", "x"),
            jar -> jar.entry("x\u0000y", "x"),
            jar -> jar.entry("attack/X.class/", "code"));

    private HostileMetadata() {}

    static HostilePluginJar added(Random random, HostilePluginJar jar) {
        int which = random.nextInt(HEADERS.size() + 1 + OTHERS.size());
        if (which < HEADERS.size()) {
            return jar.header(cased(random, HEADERS.get(which)));
        }
        return which == HEADERS.size()
                ? jar.header(cased(random, "Bundle-NativeCode: lib/fast;osname=linux"))
                        .entry("lib/fast", "elf")
                : OTHERS.get(which - HEADERS.size() - 1).apply(jar);
    }

    /** The name of the header in its usual form, in small letters or in capitals. */
    private static String cased(Random random, String header) {
        int colon = header.indexOf(':');
        String name = header.substring(0, colon);
        return RandomPick.one(random, List.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)))
                + header.substring(colon);
    }
}
