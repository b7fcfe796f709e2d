// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.signing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keys by which plugins are signed: PKCS #12 key stores, with the password in a file of its own. */
public final class SignerKeyStore {

    private static final String ALIAS = "signer";
    private static final int LIMIT_SECONDS = 60;

    private SignerKeyStore() {}

    /**
     * Makes a key (EC, P-256) with a certificate of its own.
     *
     * @param store new file, for its owner only
     * @param certificate new file, for those who are to trust it
     * @throws FileAlreadyExistsException a key is never overwritten
     */
    public static void make(Path store, Path certificate, Path passwordFile, String name, int days)
            throws IOException, InterruptedException {
        for (Path file : List.of(store, certificate)) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
        }
        String subject = "CN=" + name.replaceAll("([,+\"\\\\<>;=])", "\\\\$1");
        keytool(
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                subject,
                "-validity",
                Integer.toString(days),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:file",
                passwordFile.toString());
        if (store.toAbsolutePath().getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
        }
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                ALIAS,
                "-file",
                certificate.toString(),
                "-keystore",
                store.toString(),
                "-storepass:file",
                passwordFile.toString());
    }

    /** Java has no public way to make a certificate, but this program of every runtime. */
    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException("keytool has failed: " + output.strip());
        }
    }

    /** @throws IOException when there is not exactly one key in it, or the password is wrong */
    public static PrivateKeyEntry read(Path store, Path passwordFile) throws IOException {
        char[] password = Files.readString(passwordFile)
                .lines()
                .findFirst()
                .orElse("")
                .strip()
                .toCharArray();
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            List<String> aliases = Collections.list(keys.aliases()).stream()
                    .filter(alias -> isKey(keys, alias))
                    .toList();
            if (aliases.size() != 1) {
                throw new IOException("%s has %d private keys, expected one".formatted(store, aliases.size()));
            }
            return (PrivateKeyEntry) keys.getEntry(aliases.get(0), new KeyStore.PasswordProtection(password));
        } catch (GeneralSecurityException unusable) {
            throw new IOException("%s cannot be read: %s".formatted(store, unusable.getMessage()), unusable);
        }
    }

    private static boolean isKey(KeyStore keys, String alias) {
        try {
            return keys.entryInstanceOf(alias, PrivateKeyEntry.class);
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException("A loaded key store lists its entries", unreadable);
        }
    }
}
