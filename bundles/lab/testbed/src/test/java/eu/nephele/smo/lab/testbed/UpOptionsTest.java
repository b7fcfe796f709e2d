// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.lab.testbed.players.PlayedDelays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpOptionsTest {

    @TempDir
    Path folder;

    @Test
    void nothingSaidIsKarmadaWithThreeMembers() {
        UpOptions options = UpOptions.parse(List.of());

        assertThat(options.world().kind()).isEqualTo(WorldKind.KARMADA);
        assertThat(options.world().members()).extracting(MemberSpec::name).containsExactly("c1", "c2", "c3");
        assertThat(options.folder()).isEmpty();
    }

    @Test
    void givenOptionsAreUsed() {
        UpOptions options = UpOptions.parse(List.of(
                "--world",
                "contexts",
                "--members",
                "2",
                "--user",
                "smo",
                "--user",
                "guest",
                "--smo",
                "http://127.0.0.1:9000",
                "--start-delay-millis",
                "50",
                "--dir",
                "bed",
                "--with-parent"));

        assertThat(options.world().kind()).isEqualTo(WorldKind.CONTEXTS);
        assertThat(options.world().members()).hasSize(2);
        assertThat(options.world().users()).containsExactly("smo", "guest");
        assertThat(options.world().smo()).hasToString("http://127.0.0.1:9000");
        assertThat(options.world().delays().podStart()).isEqualTo(50);
        assertThat(options.folder()).contains(Path.of("bed"));
        assertThat(options.withParent()).isTrue();
    }

    @Test
    void delaysAreThoseOfRealityUnlessSaidOtherwise() {
        assertThat(UpOptions.parse(List.of()).world().delays()).isEqualTo(PlayedDelays.REAL);
        assertThat(UpOptions.parse(List.of("--faster", "10")).world().delays().notReady())
                .isEqualTo(3_800);
        assertThat(UpOptions.parse(List.of("--faster", "10", "--not-ready-millis", "7"))
                        .world()
                        .delays())
                .satisfies(delays -> assertThat(delays.notReady()).isEqualTo(7))
                .satisfies(delays -> assertThat(delays.podStart()).isEqualTo(400));
    }

    @Test
    void aRealKarmadaNeedsItsPrograms() {
        WorldSpec world = UpOptions.parse(List.of("--karmada", "bin")).world();

        assertThat(world.karmadaFolder()).contains(Path.of("bin").toAbsolutePath());
        assertThat(world.programs()).contains("karmada-controller-manager", "karmadactl", "crds");
        assertThatThrownBy(() -> UpOptions.parse(List.of("--world", "none", "--karmada", "bin")))
                .hasMessage("--karmada is for --world karmada only");
        assertThatThrownBy(() -> UpOptions.parse(List.of("--karmada-version", "2")))
                .hasMessage("--karmada-version 2: expected 1.5 or 1.11");
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> UpOptions.parse(List.of("--word", "karmada"))).hasMessageContaining("--word: unknown");
        assertThatThrownBy(() -> UpOptions.parse(List.of("--world", "docker")))
                .hasMessage("--world docker: expected one of none, karmada, contexts");
        assertThatThrownBy(() -> UpOptions.parse(List.of("--members", "9"))).hasMessage("--members 9: expected 1 to 3");
        assertThatThrownBy(() -> UpOptions.parse(List.of("--members", "two")))
                .hasMessage("--members two: expected a whole number");
        assertThatThrownBy(() -> UpOptions.parse(List.of("--dir"))).hasMessageContaining("--dir: unknown, or without");
    }

    @Test
    void aFolderOfSomebodyElseIsNotTouched() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "x");

        assertThatThrownBy(() -> TestbedFolder.from(Optional.of(folder))).hasMessageContaining("is neither empty nor");
        assertThat(precious).exists();
    }

    @Test
    void theFolderOfAnEarlierTestBedIsEmptied() throws Exception {
        Files.writeString(folder.resolve("pids"), "");
        Files.writeString(folder.resolve("old.log"), "x");

        TestbedFolder.from(Optional.of(folder));

        assertThat(folder).isEmptyDirectory();
    }
}
