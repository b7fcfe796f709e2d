// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.backup;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * A passphrase as a recipient of the format age, its type {@code scrypt} (C2SP, age.md): the key of the file is wrapped by what scrypt makes
 * of the passphrase and a salt.
 */
final class PassphraseStanza implements RecipientStanzaWriter, RecipientStanzaReader {

    private static final String TYPE = "scrypt";
    private static final String LABEL = "age-encryption.org/v1/scrypt";
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int BLOCK = 8;
    /** Of the age program: about a second. */
    private static final int USUAL_WORK = 18;

    /** Memory for it is 1 GiB: a file must not choose more. */
    private static final int MOST_WORK = 20;

    private final byte[] passphrase;
    private final int work;

    PassphraseStanza(String passphrase) {
        this(passphrase, USUAL_WORK);
    }

    /** @param work binary logarithm of the cost */
    PassphraseStanza(String passphrase, int work) {
        this.passphrase = passphrase.getBytes(StandardCharsets.UTF_8);
        this.work = work;
    }

    private static final class ScryptStanza implements RecipientStanza {

        private final List<String> arguments;
        private final byte[] body;

        ScryptStanza(List<String> arguments, byte[] body) {
            this.arguments = List.copyOf(arguments);
            this.body = body.clone();
        }

        @Override
        public String getType() {
            return TYPE;
        }

        @Override
        public List<String> getArguments() {
            return arguments;
        }

        @Override
        public byte[] getBody() {
            return body.clone();
        }
    }

    private CipherKey wrapKey(byte[] salt, int cost) {
        byte[] label = LABEL.getBytes(StandardCharsets.UTF_8);
        byte[] salted = ByteBuffer.allocate(label.length + salt.length)
                .put(label)
                .put(salt)
                .array();
        return new CipherKey(SCrypt.generate(passphrase, salted, 1 << cost, BLOCK, 1, KEY_BYTES));
    }

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) throws GeneralSecurityException {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        byte[] body = new FileKeyEncryptorFactory()
                .newFileKeyEncryptor()
                .getEncryptedFileKey(fileKey, wrapKey(salt, work))
                .getEncoded();
        return List.of(new ScryptStanza(
                List.of(CanonicalBase64.getEncoder().encodeToString(salt), Integer.toString(work)), body));
    }

    @Override
    public FileKey getFileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
        List<RecipientStanza> all = new ArrayList<>();
        stanzas.forEach(all::add);
        if (all.size() != 1 || !all.get(0).getType().equals(TYPE)) {
            throw new GeneralSecurityException("it is not encrypted with a passphrase");
        }
        List<String> arguments = all.get(0).getArguments();
        if (arguments.size() != 2 || !arguments.get(1).matches("[1-9][0-9]?")) {
            throw new GeneralSecurityException("its header is damaged");
        }
        int cost = Integer.parseInt(arguments.get(1));
        if (cost > MOST_WORK) {
            throw new GeneralSecurityException(
                    "its passphrase costs 2^%d, at most 2^%d is tried".formatted(cost, MOST_WORK));
        }
        byte[] salt = CanonicalBase64.getDecoder().decode(arguments.get(0).getBytes(StandardCharsets.US_ASCII));
        if (salt.length != SALT_BYTES) {
            throw new GeneralSecurityException("its header is damaged");
        }
        return new FileKeyDecryptorFactory()
                .newFileKeyDecryptor()
                .getFileKey(new EncryptedFileKey(all.get(0).getBody()), wrapKey(salt, cost));
    }
}
