// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.FileRules;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.SignerTrust;
import eu.nephele.smo.core.plugins.settings.PluginSettings.Policy;
import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.HostileZip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Whatever lies in the folder of plugins is known for what it is, or refused with a reason, and nothing is left of it. */
class PluginFileFuzzTest {

    private static final List<String> NAMES = List.of(
            "META-INF/MANIFEST.MF",
            "meta-inf/manifest.mf",
            "META-INF/A.SF",
            "META-INF/A.RSA",
            "META-INF/SIG-A",
            "META-INF/versions/9/a.class",
            "feature.json",
            "bundles/a.jar",
            "bundles/",
            "OSGI-INF/c.xml",
            "a.so",
            "lib/more.jar",
            "module-info.class");

    @Provide
    static Arbitrary<HostileZip> files() throws IOException {
        byte[] plugin = Jar.plugin("acme.good", "1.0.0").bytes();
        byte[] feature = Jar.zip()
                .entry("feature.json", """
                        {"id":"acme:acme.feature:1.0.0","bundles":[{"id":"acme:acme.good:1.0.0"}],
                         "configurations":{"acme.good":{"a":1,"b":["x"],"c:Integer":"3"}}}""")
                .entry("bundles/a.jar", plugin)
                .bytes();
        byte[] embeds = Jar.component("acme.embeds", Jar.class, "")
                .header("Bundle-ClassPath", ".,lib/more.jar")
                .entry("lib/more.jar", plugin)
                .bytes();
        return HostileZip.edited(List.of(entries(plugin), entries(feature), entries(embeds)), NAMES);
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    @FuzzTarget
    void pluginFiles(@ForAll("files") HostileZip archive) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path file = Files.write(folder.resolve("x.jar"), archive.bytes());
        try {
            PluginFile read =
                    new FileReader(Server.SETTINGS, SignerTrust.NOBODY, folder, Clock.systemUTC()).read(file, "x.jar");
            assertThat(read.id()).isNotBlank();
            assertThat(FileRules.check(read, Policy.WARN)).isNotEmpty();
        } catch (AdmissionException refused) {
            assertThat(Objects.requireNonNull(refused.getMessage())).isNotBlank();
        } finally {
            Files.delete(file);
            // fails when something was left beside it
            Files.delete(folder);
        }
    }
}
