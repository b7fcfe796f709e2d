// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes come from the store into the folder, each once. */
class ChangeApplierTest {

    @TempDir
    Path data;

    private final MemoryStore store = new MemoryStore("one");

    private Path etc() {
        return data.resolve("etc");
    }

    /** As after a start: nothing is known but what is on the disk. */
    private ChangeApplier carrying() {
        return new ChangeApplier(new ConfigurationFolder(etc()));
    }

    private String file(String name) throws IOException {
        return Files.readString(etc().resolve(name));
    }

    private void edit(String name, String text) throws IOException {
        Files.createDirectories(etc());
        Files.writeString(etc().resolve(name), text);
    }

    private String[] files() throws IOException {
        try (Stream<Path> files = Files.list(etc())) {
            return files.map(file -> file.getFileName().toString()).sorted().toArray(String[]::new);
        }
    }

    @Test
    void aNewFolderGetsAllAndAChangeComesAsAFile() throws Exception {
        store.change("a", Optional.of("x=\"1\""));
        store.change("F~b", Optional.of("y=\"1\""));
        store.change("gone", Optional.empty());
        assertThat(carrying().poll(store).carried()).isEqualTo(3);
        assertThat(files()).containsExactly("F~b.config", "a.config", "carried.json");

        carrying().change(store, "a", Optional.of("x=\"2\""));
        assertThat(file("a.config")).isEqualTo("x=\"2\"");
        assertThat(files()).as("what it has written itself is not set aside").hasSize(3);
        assertThat(carrying().poll(store).carried()).isZero();
    }

    @Test
    void aKillBetweenStoreAndFileIsMadeGoodAtTheNextStart() throws Exception {
        carrying().change(store, "a", Optional.of("x=\"1\""));
        store.change("a", Optional.of("x=\"2\""));
        assertThat(file("a.config")).isEqualTo("x=\"1\"");

        assertThat(carrying().poll(store).carried()).isEqualTo(1);
        assertThat(file("a.config")).isEqualTo("x=\"2\"");
    }

    @Test
    void aKillBetweenTheFileAndTheNoteOfItSetsNothingAside() throws Exception {
        edit("a.cfg", "x=hand\n");
        carrying().change(store, "b", Optional.of("z=\"1\""));
        String before = file("carried.json");
        carrying().change(store, "a", Optional.of("x=\"2\""));
        edit("carried.json", before);

        carrying().poll(store);
        assertThat(files()).containsExactly("a.cfg.replaced", "a.config", "b.config", "carried.json");
        assertThat(file("a.cfg.replaced")).isEqualTo("x=hand\n");
    }

    @Test
    void whatSomebodyEditsOrDeletesAfterwardsIsHis() throws Exception {
        carrying().change(store, "a", Optional.of("x=\"1\""));
        carrying().change(store, "b", Optional.of("x=\"1\""));
        edit("a.config", "x=\"hand\"");
        Files.delete(etc().resolve("b.config"));

        carrying().poll(store);
        carrying().change(store, "c", Optional.of("x=\"1\""));
        assertThat(file("a.config")).isEqualTo("x=\"hand\"");
        assertThat(etc().resolve("b.config")).doesNotExist();
    }

    @Test
    void whatAChangeReplacesIsSetAsideInBothFormats() throws Exception {
        carrying().change(store, "a", Optional.of("x=\"1\""));
        edit("a.config", "x=\"hand\"");
        edit("a.cfg", "x=plain\n");

        carrying().change(store, "a", Optional.of("x=\"2\""));
        assertThat(file("a.config")).isEqualTo("x=\"2\"");
        assertThat(file("a.config.replaced")).isEqualTo("x=\"hand\"");
        assertThat(file("a.cfg.replaced")).isEqualTo("x=plain\n");
    }

    @Test
    void whatIsTakenBackGoesAndWhatSomebodyHasMadeOfItIsSetAside() throws Exception {
        carrying().change(store, "a", Optional.of("x=\"1\""));
        carrying().change(store, "b", Optional.of("x=\"1\""));
        edit("b.config", "x=\"hand\"");

        carrying().change(store, "a", Optional.empty());
        carrying().change(store, "b", Optional.empty());
        assertThat(files()).containsExactly("b.config.replaced", "carried.json");
    }

    @Test
    void withAnotherDatabaseNothingCountsAsCarriedOut() throws Exception {
        carrying().change(store, "a", Optional.of("x=\"1\""));
        carrying().change(store, "a", Optional.of("x=\"2\""));
        MemoryStore other = new MemoryStore("other");
        other.change("b", Optional.of("x=\"3\""));

        carrying().poll(other);
        assertThat(file("b.config")).isEqualTo("x=\"3\"");
        assertThat(file("a.config")).as("what was there stays").isEqualTo("x=\"2\"");
        assertThat(carrying().poll(other).carried()).isZero();
    }

    /** An operator who restores a database may have prepared files for it. */
    @Test
    void aDatabaseThatWasRestoredFromBeforeChangesNothingUntilTheNextChange() throws Exception {
        MemoryStore later = new MemoryStore("one");
        later.change("a", Optional.of("x=\"1\""));
        later.change("a", Optional.of("x=\"2\""));
        carrying().poll(later);

        store.change("a", Optional.of("x=\"1\""));
        assertThat(carrying().poll(store).carried()).isZero();
        assertThat(file("a.config")).isEqualTo("x=\"2\"");
        store.change("a", Optional.of("x=\"next\""));
        carrying().poll(store);
        assertThat(file("a.config")).isEqualTo("x=\"next\"");
    }

    @Test
    void aDatabaseThatHasNothingChangesNothing() throws Exception {
        edit("a.config", "x=\"hand\"");
        assertThat(carrying().poll(new MemoryStore("")).carried()).isZero();
        assertThat(files()).containsExactly("a.config");
    }

    @Test
    void aNoteThatCannotBeReadIsNoReasonToStandStill() throws Exception {
        carrying().change(store, "a", Optional.of("x=\"1\""));
        edit("carried.json", "{broken");
        Files.delete(etc().resolve("a.config"));
        carrying().poll(store);
        assertThat(file("a.config")).isEqualTo("x=\"1\"");
    }

    @Test
    void aNameThatLeavesTheFolderIsRefusedBeforeItIsStored() {
        for (String pid : new String[] {"../a", "a/b", "a\\b", "", ".hidden", "a\u0000"}) {
            assertThatThrownBy(() -> carrying().change(store, pid, Optional.of("x=\"1\"")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not a valid file name");
        }
        assertThat(store.mark().revision()).isZero();
    }

    @Test
    void aNameThatNoFileCanHaveIsRefusedAndLeftOutWhereItIsStored() throws Exception {
        String tooLong = "a".repeat(300);
        assertThatThrownBy(() -> carrying().change(store, tooLong, Optional.of("x=\"1\"")))
                .isInstanceOf(IOException.class);
        store.change(tooLong, Optional.of("x=\"1\""));
        store.change("b", Optional.of("x=\"1\""));
        carrying().poll(store);
        assertThat(files()).containsExactly("b.config", "carried.json");
    }

    @Test
    void aReplacedFileKeepsItsPermissions() throws Exception {
        edit("a.cfg", "x=hand\n");
        Set<PosixFilePermission> mine = PosixFilePermissions.fromString("rw-------");
        Files.setPosixFilePermissions(etc().resolve("a.cfg"), mine);
        carrying().change(store, "a", Optional.of("x=\"1\""));
        carrying().change(store, "a", Optional.of("x=\"2\""));
        assertThat(Files.getPosixFilePermissions(etc().resolve("a.config"))).isEqualTo(mine);
        assertThat(Files.getPosixFilePermissions(etc().resolve("a.cfg.replaced")))
                .isEqualTo(mine);
    }

    @Test
    void aFolderThatCannotBeWrittenIsReportedAndFilledWhenItCan() throws Exception {
        Files.writeString(etc(), "a file in its place");
        assertThatThrownBy(() -> carrying().change(store, "a", Optional.of("x=\"0\"")))
                .isInstanceOf(IOException.class);
        assertThat(store.mark().revision()).as("nothing is stored").isZero();
        store.change("a", Optional.of("x=\"1\""));
        assertThatThrownBy(() -> carrying().poll(store)).isInstanceOf(IOException.class);
        Files.delete(etc());
        carrying().poll(store);
        assertThat(file("a.config")).isEqualTo("x=\"1\"");
    }
}
