// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.core.contract.backup.ArchiveException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are encrypted. */
class ArchiveKeysTest {

    /** By another program of the format age, with the passphrase {@code correct horse} and the cost 2^10. */
    private static final String OF_ANOTHER_PROGRAM =
            "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCA1dE9iZm0wbHBnRVRMejZ2RFZjbUZBIDEwClVwazd5dmsrQU4vbTBDSmdtQW43cG5ac1BTdlNtRFFQaXBVT3ZZMXNlOWMKLS0tIHZybTZpTzVGc2NjUzRaWlJvZ3JuOHc3bXA4K1VpVTFvODE2QTNRWkZkdlkKPz5lxe1fmibxNfel0GVjEJBntLbh4jQ/CEWsGhiHu6mrVXGAyZSFE7LaBJo227u5sXyqUujD39SzN0Y=";

    private static final int QUICK = 10;

    @TempDir
    private Path folder;

    private static byte[] encrypted(ArchiveKeys keys, byte[] archive) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream encrypting = keys.encrypting(out)) {
            encrypting.write(archive);
        }
        return out.toByteArray();
    }

    private static byte[] decrypted(ArchiveKeys keys, byte[] archive) throws IOException {
        try (InputStream in = keys.decrypting(new ByteArrayInputStream(archive))) {
            return in.readAllBytes();
        }
    }

    private static byte[] random(int bytes) {
        byte[] archive = new byte[bytes];
        new Random(bytes).nextBytes(archive);
        return archive;
    }

    private ArchiveKeys file(String... lines) throws IOException {
        Path file = Files.createTempFile(folder, "keys", "");
        Files.writeString(file, String.join("\n", lines) + "\n");
        return ArchiveKeys.ofFile(file);
    }

    @Test
    void whatAPublicKeyEncryptsItsPrivateKeyDecrypts() throws IOException {
        ArchiveKeys.NewKey key = ArchiveKeys.NewKey.create();
        for (int bytes : new int[] {0, 1, 65_535, 65_536, 65_537, 200_000}) {
            byte[] archive = random(bytes);
            byte[] there = encrypted(file("# ours", "", key.recipient()), archive);
            assertThat(there).isNotEqualTo(archive).hasSizeGreaterThan(bytes);
            assertThat(decrypted(file("# public key: " + key.recipient(), key.identity()), there))
                    .isEqualTo(archive);
        }
    }

    @Test
    void aPrivateKeyEncryptsForItself() throws IOException {
        ArchiveKeys.NewKey key = ArchiveKeys.NewKey.create();
        ArchiveKeys.NewKey other = ArchiveKeys.NewKey.create();
        byte[] there = encrypted(file(key.identity(), other.recipient()), random(100));
        assertThat(decrypted(file(other.identity()), there)).isEqualTo(random(100));
        assertThat(decrypted(file(ArchiveKeys.NewKey.create().identity(), key.identity()), there))
                .as("any of several keys")
                .isEqualTo(random(100));
    }

    @Test
    void anotherKeyIsRefused() throws IOException {
        byte[] there = encrypted(file(ArchiveKeys.NewKey.create().recipient()), random(100));
        ArchiveKeys other = file(ArchiveKeys.NewKey.create().identity());
        assertThatThrownBy(() -> decrypted(other, there))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("for another key");
        ArchiveKeys passphrase = ArchiveKeys.ofPassphrase(new PassphraseStanza("x", QUICK));
        assertThatThrownBy(() -> decrypted(passphrase, there))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("not encrypted with a passphrase");
        assertThatThrownBy(() -> decrypted(ArchiveKeys.none(), there))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("--key-file");
        ArchiveKeys publicOnly = file(ArchiveKeys.NewKey.create().recipient());
        assertThatThrownBy(() -> decrypted(publicOnly, there))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("private one is needed");
    }

    @Test
    void aPassphraseEncryptsAndAnotherOneDoesNotDecrypt() throws IOException {
        byte[] there = encrypted(ArchiveKeys.ofPassphrase(new PassphraseStanza("é right", QUICK)), random(70_000));
        assertThat(decrypted(ArchiveKeys.ofPassphrase(new PassphraseStanza("é right")), there))
                .isEqualTo(random(70_000));
        ArchiveKeys wrong = ArchiveKeys.ofPassphrase(new PassphraseStanza("wrong"));
        assertThatThrownBy(() -> decrypted(wrong, there)).isInstanceOf(ArchiveException.class);
    }

    @Test
    void whatAnotherProgramEncryptedIsRead() throws IOException {
        byte[] there = Base64.getDecoder().decode(OF_ANOTHER_PROGRAM);
        assertThat(new String(
                        decrypted(ArchiveKeys.ofPassphrase(new PassphraseStanza("correct horse")), there),
                        StandardCharsets.UTF_8))
                .isEqualTo("an archive of somebody else");
    }

    @Test
    void aPassphraseThatCostsTooMuchIsNotTried() throws IOException {
        byte[] there = new String(Base64.getDecoder().decode(OF_ANOTHER_PROGRAM), StandardCharsets.ISO_8859_1)
                .replaceFirst(" 10\n", " 30\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        ArchiveKeys passphrase = ArchiveKeys.ofPassphrase(new PassphraseStanza("correct horse"));
        assertThatThrownBy(() -> decrypted(passphrase, there))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("2^30");
    }

    @Test
    void whatIsCutOffAnywhereIsRefused() throws IOException {
        ArchiveKeys.NewKey key = ArchiveKeys.NewKey.create();
        byte[] there = encrypted(file(key.recipient()), random(140_000));
        ArchiveKeys keys = file(key.identity());
        // around the boundaries of chunks: where it could look complete
        for (int length : new int[] {
            1,
            21,
            22,
            100,
            190,
            216,
            217,
            300,
            65_000,
            there.length - 8_929 - 65_552,
            there.length - 8_960,
            there.length - 17,
            there.length - 1
        }) {
            byte[] cut = Arrays.copyOf(there, length);
            assertThatThrownBy(() -> {
                        byte[] read = decrypted(keys, cut);
                        // shorter than the magic word it is no encrypted archive, and said to be so
                        assertThat(read).isNull();
                    })
                    .as("cut off at %d", length)
                    .isInstanceOf(ArchiveException.class);
        }
    }

    @Test
    void aChangedBitIsFound() throws IOException {
        ArchiveKeys.NewKey key = ArchiveKeys.NewKey.create();
        byte[] there = encrypted(file(key.recipient()), random(500));
        ArchiveKeys keys = file(key.identity());
        for (int bit = 0; bit < there.length * 8; bit += 7) {
            byte[] flipped = there.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> decrypted(keys, flipped)).as("bit %d", bit).isInstanceOf(ArchiveException.class);
        }
    }

    @Test
    void withoutAKeyNothingIsEncrypted() throws IOException {
        assertThat(encrypted(ArchiveKeys.none(), random(10))).isEqualTo(random(10));
        assertThat(decrypted(ArchiveKeys.none(), random(10))).isEqualTo(random(10));
        ArchiveKeys keys = file(ArchiveKeys.NewKey.create().identity());
        assertThatThrownBy(() -> decrypted(keys, random(10)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("not encrypted");
    }

    @Test
    void aFileWithoutAKeyIsRefusedAndItsContentIsNotShown() {
        assertThatThrownBy(() -> file("# nothing"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("new-key");
        assertThatThrownBy(() -> file("my secret"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Line 1")
                .hasMessageNotContaining("my secret");
        assertThatThrownBy(() -> file("AGE-SECRET-KEY-1BROKEN"))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("BROKEN");
    }
}
