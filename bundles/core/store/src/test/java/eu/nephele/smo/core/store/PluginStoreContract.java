// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.store.DamagedContentException;
import eu.nephele.smo.core.contract.store.InstalledPlugins;
import eu.nephele.smo.core.contract.store.PluginStore;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which plugins are installed, and their contents, on every database. */
abstract class PluginStoreContract {

    private static final int LARGE = 2 * JpaPluginStore.PIECE + 17;

    private final TestDatabase kind;
    private Opened database;
    private PluginStore plugins;

    PluginStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        plugins = database.stores().plugins();
    }

    private static InstalledPlugins list(long revision, String content) {
        return new InstalledPlugins(revision, "origin", "folder-1", StrictJson.parseObject(content));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String digest(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private String kept(int size) throws Exception {
        byte[] content = bytes(size);
        plugins.keep(digest(content), new ByteArrayInputStream(content));
        return digest(content);
    }

    private byte[] read(String digest) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        plugins.copy(digest, read);
        return read.toByteArray();
    }

    @Test
    void theListIsThereAsItWasWrittenLastAndItsRevisionRises() {
        assertThat(plugins.installed()).isEmpty();
        assertThat(plugins.revision()).isZero();
        InstalledPlugins first = list(1, "{\"b\": [1, 0.50], \"a\": \"\\u0000 ü\"}");
        assertThat(plugins.replace(first, Set.of())).isTrue();
        assertThat(plugins.installed()).contains(first);
        InstalledPlugins second = new InstalledPlugins(2, "origin", "folder-2", StrictJson.parseObject("{}"));
        assertThat(plugins.replace(second, Set.of())).isTrue();
        assertThat(plugins.installed()).contains(second);
        assertThat(plugins.revision()).isEqualTo(2);
        assertThat(database.rows("plugin_list")).isEqualTo(1);
    }

    @Test
    void aWriteWithAStaleRevisionChangesNothing() throws Exception {
        String content = kept(10);
        InstalledPlugins first = list(1, "{\"first\": true}");
        plugins.replace(first, Set.of(content));
        assertThat(plugins.replace(list(1, "{}"), Set.of())).isFalse();
        assertThat(plugins.replace(list(3, "{}"), Set.of())).isFalse();
        assertThat(plugins.installed()).contains(first);
        assertThat(plugins.contents()).containsExactly(content);
    }

    @Test
    void contentsComeBackAsTheyWereWhateverTheirSize() throws Exception {
        for (int size : new int[] {0, 1, JpaPluginStore.PIECE, LARGE}) {
            assertThat(read(kept(size))).as("of %d bytes", size).isEqualTo(bytes(size));
        }
        assertThat(plugins.contents()).hasSize(4);
        assertThat(database.rows("plugin_piece")).isEqualTo(5);
        kept(LARGE);
        assertThat(database.rows("plugin_piece")).as("once").isEqualTo(5);
    }

    @Test
    void whatNothingRefersToGoesWithTheNextList() throws Exception {
        String stays = kept(LARGE);
        String goes = kept(JpaPluginStore.PIECE + 1);
        plugins.replace(list(1, "{}"), Set.of(stays));
        assertThat(plugins.contents()).containsExactly(stays);
        assertThat(read(stays)).isEqualTo(bytes(LARGE));
        assertThatThrownBy(() -> read(goes))
                .isInstanceOf(DamagedContentException.class)
                .hasMessageContaining("not in the store");
        plugins.replace(list(2, "{}"), Set.of());
        assertThat(database.rows("plugin_piece")).isZero();
    }

    @Test
    void aContentThatWasChangedOrLostAPieceIsReportedAndNotGivenAsWhole() throws Exception {
        String changed = kept(LARGE);
        database.execute(
                "update plugin_piece set content = (select content from plugin_piece where ordinal = 0) where ordinal = 1");
        assertThatThrownBy(() -> read(changed))
                .isInstanceOf(DamagedContentException.class)
                .hasMessageContaining("is damaged");
        database.execute("delete from plugin_piece where ordinal = 1");
        assertThatThrownBy(() -> read(changed))
                .isInstanceOf(DamagedContentException.class)
                .hasMessageContaining("piece 1 is missing");
        assertThat(read(kept(LARGE))).as("stored once more").isEqualTo(bytes(LARGE));
    }

    @Test
    void whatIsNotReadToItsEndOrHasAnotherDigestDoesNotCount() throws Exception {
        String digest = digest(bytes(LARGE));
        InputStream gone = InputStream.nullInputStream();
        gone.close();
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(bytes(JpaPluginStore.PIECE + 5)), gone);
        assertThatThrownBy(() -> plugins.keep(digest, broken)).hasMessageContaining("Stream closed");
        assertThatThrownBy(() -> plugins.keep(digest, new ByteArrayInputStream(bytes(5))))
                .hasMessageContaining("it was changed meanwhile");
        assertThat(plugins.contents()).isEmpty();
        assertThatThrownBy(() -> read(digest)).isInstanceOf(DamagedContentException.class);
        assertThat(read(kept(LARGE))).isEqualTo(bytes(LARGE));
    }

    @Test
    void onlyADatabaseOfItsOwnProcessIsNotShared() {
        assertThat(plugins.isShared()).isEqualTo(kind == TestDatabase.POSTGRESQL);
    }
}
