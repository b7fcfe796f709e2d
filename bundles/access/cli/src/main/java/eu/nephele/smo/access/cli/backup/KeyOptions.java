// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By what an archive is encrypted. */
final class KeyOptions {

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Keys of the format age, a line each; private ones, or public ones to encrypt only.")
    private @Nullable Path keyFile;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description = "Instead: its first line is a passphrase.")
    private @Nullable Path passphraseFile;

    ArchiveKeys keys() throws IOException {
        if (keyFile != null && passphraseFile != null) {
            throw new IOException("Give --key-file or --passphrase-file, not both");
        }
        if (keyFile != null) {
            return ArchiveKeys.ofFile(keyFile);
        }
        if (passphraseFile != null) {
            String passphrase = Files.readString(passphraseFile)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
            if (passphrase.isEmpty()) {
                throw new IOException("%s has no passphrase in its first line".formatted(passphraseFile));
            }
            return ArchiveKeys.ofPassphrase(new PassphraseStanza(passphrase));
        }
        return ArchiveKeys.none();
    }
}
