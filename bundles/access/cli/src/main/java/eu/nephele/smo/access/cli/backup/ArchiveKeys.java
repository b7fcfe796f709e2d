// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.backup;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import eu.nephele.smo.core.contract.backup.ArchiveException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and decrypts archives in the format age (age-encryption.org/v1), which other programs know as well. Each 64 KiB are authenticated,
 * with their place and with whether they are the last ones: what was changed, or cut off, is no archive.
 */
final class ArchiveKeys {

    private static final byte[] MAGIC = "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final String IDENTITY = "AGE-SECRET-KEY-1";
    private static final String RECIPIENT = "age1";
    private static final String OTHER_KEY = "The archive is encrypted for another key, or was changed: %s";

    private final List<RecipientStanzaWriter> writers;
    private final List<RecipientStanzaReader> readers;

    private ArchiveKeys(List<RecipientStanzaWriter> writers, List<RecipientStanzaReader> readers) {
        this.writers = List.copyOf(writers);
        this.readers = List.copyOf(readers);
    }

    /** Nothing is encrypted. */
    static ArchiveKeys none() {
        return new ArchiveKeys(List.of(), List.of());
    }

    static ArchiveKeys ofPassphrase(PassphraseStanza passphrase) {
        return new ArchiveKeys(List.of(passphrase), List.of(passphrase));
    }

    /**
     * Reads a file of keys: a line each, private ones (which can do both) or public ones (which encrypt).
     *
     * @throws IOException when it cannot be read, or has no key; the message never has its content
     */
    static ArchiveKeys ofFile(Path file) throws IOException {
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        List<RecipientStanzaReader> readers = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String key = line.strip();
            try {
                if (key.startsWith(IDENTITY)) {
                    readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(key));
                    writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(publicKey(key)));
                } else if (key.startsWith(RECIPIENT)) {
                    writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(key));
                } else if (!key.isEmpty() && !key.startsWith("#")) {
                    throw new GeneralSecurityException("neither AGE-SECRET-KEY-1… nor age1…");
                }
            } catch (GeneralSecurityException | IllegalArgumentException none) {
                throw new IOException(
                        "Line %d of %s is no key: a key begins with AGE-SECRET-KEY-1 or age1".formatted(number, file));
            }
        }
        if (writers.isEmpty()) {
            throw new IOException("%s has no key. Make one: smo backup new-key FILE".formatted(file));
        }
        return new ArchiveKeys(writers, readers);
    }

    private static String publicKey(String identity) throws GeneralSecurityException {
        byte[] encoded = identity.getBytes(StandardCharsets.US_ASCII);
        return new String(
                new X25519KeyFactory()
                        .translateKey(new SecretKeySpec(encoded, "X25519"))
                        .getEncoded(),
                StandardCharsets.US_ASCII);
    }

    /** A new key. */
    record NewKey(String identity, String recipient) {
        static NewKey create() {
            try {
                KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
                return new NewKey(
                        new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII),
                        new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII));
            } catch (GeneralSecurityException everyJavaHasIt) {
                throw new IllegalStateException("X25519 is missing", everyJavaHasIt);
            }
        }
    }

    boolean encrypts() {
        return !writers.isEmpty();
    }

    /** Encrypts what is written, if there is a key. The stream has to be closed, which closes the other one. */
    OutputStream encrypting(OutputStream out) throws IOException {
        if (writers.isEmpty()) {
            return out;
        }
        try {
            return new BufferedOutputStream(Channels.newOutputStream(
                    new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(out), writers)));
        } catch (GeneralSecurityException e) {
            throw new IOException("The archive cannot be encrypted: " + e.getMessage(), e);
        }
    }

    /**
     * Decrypts what is read, if it is encrypted.
     *
     * @throws ArchiveException when it is encrypted and there is no key, or another one; when it is not, and there is one
     */
    InputStream decrypting(InputStream in) throws IOException {
        PushbackInputStream archive = new PushbackInputStream(new BufferedInputStream(in), MAGIC.length);
        byte[] first = archive.readNBytes(MAGIC.length);
        archive.unread(first);
        boolean encrypted = Arrays.equals(first, MAGIC);
        if (!encrypted) {
            if (encrypts()) {
                throw new ArchiveException(
                        "The archive is not encrypted; a key was given, so it is not the one that was meant");
            }
            return archive;
        }
        if (readers.isEmpty()) {
            throw new ArchiveException(
                    encrypts()
                            ? "The archive is encrypted; the key file has public keys only, and the private one is needed"
                            : "The archive is encrypted: give --key-file or --passphrase-file");
        }
        try {
            return new AuthenticatedInput(Channels.newInputStream(new StandardDecryptingChannelFactory()
                    .newDecryptingChannel(Channels.newChannel(archive), List.of(this::fileKey))));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new ArchiveException(OTHER_KEY.formatted(firstLine(e)), e);
        }
    }

    /** The first key that fits. */
    private FileKey fileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
        Optional<GeneralSecurityException> why = Optional.empty();
        for (RecipientStanzaReader reader : readers) {
            try {
                return reader.getFileKey(stanzas);
            } catch (GeneralSecurityException other) {
                why = Optional.of(other);
            }
        }
        throw why.orElseGet(() -> new GeneralSecurityException("no key"));
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** What fails to be authenticated is an archive that was changed, not a disk that cannot be read. */
    private static final class AuthenticatedInput extends InputStream {

        private final InputStream in;

        AuthenticatedInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (IOException | RuntimeException e) {
                throw new ArchiveException("The archive was changed or cut off: " + firstLine(e), e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
