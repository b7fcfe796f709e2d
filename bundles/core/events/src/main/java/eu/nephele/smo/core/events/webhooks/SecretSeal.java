// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.api.port.AdapterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts keys of signatures before they are stored, so that neither the database nor a backup has them in clear. The key of this is
 * in a file of its own, beside the other secrets, and read at each use; it is made when it is needed for the first time.
 */
final class SecretSeal {

    private static final String PREFIX = "sealed:1:";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_BYTES = 4;

    private final Path file;
    private final SecureRandom random = new SecureRandom();

    /** @param file of the key: 32 bytes in base64 */
    SecretSeal(Path file) {
        this.file = file;
    }

    static boolean isSealed(String stored) {
        return stored.startsWith(PREFIX);
    }

    /**
     * @param webhook what the result belongs to; it is of no use for another one
     * @throws AdapterException {@code REFUSED} when the key can be neither read nor made
     */
    String seal(String webhook, String secret) {
        byte[] key = key();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, nonce, webhook, secret.getBytes(StandardCharsets.UTF_8));
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
        return PREFIX + id(key) + ":" + Base64.getEncoder().encodeToString(all);
    }

    /** @throws AdapterException {@code REFUSED} when this server does not have the key that it was sealed with */
    String open(String webhook, String stored) {
        String[] parts = stored.substring(PREFIX.length()).split(":", 2);
        byte[] key = key();
        if (!id(key).equals(parts[0])) {
            throw refused(
                    "the secret of webhook %s was stored with the key %s, and %s has the key %s: copy the file of the server that registered it"
                            .formatted(webhook, parts[0], file, id(key)));
        }
        byte[] all = Base64.getDecoder().decode(parts[1]);
        return new String(
                crypt(
                        Cipher.DECRYPT_MODE,
                        key,
                        Arrays.copyOf(all, NONCE_BYTES),
                        webhook,
                        Arrays.copyOfRange(all, NONCE_BYTES, all.length)),
                StandardCharsets.UTF_8);
    }

    private byte[] crypt(int mode, byte[] key, byte[] nonce, String webhook, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(webhook.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException damaged) {
            // without the cause: it has nothing to say, and belongs to a secret
            throw refused("the stored secret of webhook %s is damaged".formatted(webhook));
        }
    }

    /** Names a key without telling it. */
    private static String id(byte[] key) {
        try {
            return HexFormat.of()
                    .formatHex(
                            Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key), ID_BYTES));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private byte[] key() {
        try {
            return read();
        } catch (NoSuchFileException missing) {
            return made();
        } catch (IOException unreadable) {
            throw unusable(unreadable);
        }
    }

    private byte[] read() throws IOException {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IllegalArgumentException wrong) {
            throw refused("%s is not a key: expected 32 bytes in base64".formatted(file));
        }
        if (key.length != KEY_BYTES) {
            throw refused("%s is not a key: expected 32 bytes in base64".formatted(file));
        }
        return key;
    }

    /** Complete under its name, for nobody else to read; of two that make one at once the first counts. */
    private byte[] made() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        try {
            Path folder = Files.createDirectories(
                    Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow());
            Path draft = Files.createTempFile(
                    folder,
                    "webhooks",
                    ".draft",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.write(draft, Set.of(Base64.getEncoder().encodeToString(key)), StandardOpenOption.SYNC);
                Files.createLink(file, draft);
            } finally {
                Files.delete(draft);
            }
            return key;
        } catch (FileAlreadyExistsException another) {
            try {
                return read();
            } catch (IOException unreadable) {
                throw unusable(unreadable);
            }
        } catch (IOException unwritable) {
            throw unusable(unwritable);
        }
    }

    private AdapterException unusable(IOException why) {
        return new AdapterException(
                AdapterException.Kind.REFUSED,
                "secrets",
                "the key for secrets of webhooks cannot be read or made in %s: %s".formatted(file, why.getMessage()),
                why);
    }

    private static AdapterException refused(String message) {
        return new AdapterException(AdapterException.Kind.REFUSED, "secrets", message);
    }
}
