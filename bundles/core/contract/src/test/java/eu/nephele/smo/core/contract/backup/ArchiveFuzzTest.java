// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.HostileBytes;
import eu.nephele.smo.lab.testkit.fuzz.HostileZip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Whatever is given as a backup is whole, or an {@link ArchiveException}; only what is whole comes to its end. */
class ArchiveFuzzTest {

    @Provide
    static Arbitrary<HostileZip> parts() throws IOException {
        return HostileZip.edited(
                List.of(ArchiveSample.parts(ArchiveSample.archive())),
                List.of("archive.json", "manifest.json", "tables/cells.jsonl", "../archive.json"));
    }

    @Provide
    static Arbitrary<HostileBytes> bytes() throws IOException {
        return HostileBytes.edited(Map.of("archive", ArchiveSample.archive()));
    }

    @FuzzTarget
    void partsOfBackups(@ForAll("parts") HostileZip archive) throws IOException {
        wholeOrRefused(archive.bytes());
    }

    @FuzzTarget
    void bytesOfBackups(@ForAll("bytes") HostileBytes archive) throws IOException {
        wholeOrRefused(archive.bytes());
    }

    private static void wholeOrRefused(byte[] archive) throws IOException {
        ArchiveSample.Kept kept = new ArchiveSample.Kept();
        try {
            ArchiveReader.read(new ByteArrayInputStream(archive), kept);
            assertThat(kept.ended).isTrue();
        } catch (ArchiveException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
        try {
            ArchiveReader.read(new ByteArrayInputStream(archive), new ArchiveAudit());
        } catch (ArchiveException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
