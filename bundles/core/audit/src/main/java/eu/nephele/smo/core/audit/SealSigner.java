// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Signs seals with the key of this server. The file has two lines of base64: the private key (PKCS#8) and the public one (X.509). */
final class SealSigner {

    private static final String ALGORITHM = "Ed25519";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final PrivateKey key;
    private final AuditKey shown;

    private SealSigner(PrivateKey key, AuditKey shown) {
        this.key = key;
        this.shown = shown;
    }

    /**
     * Reads the key; makes it when it is missing, and restricts the file to its owner.
     *
     * @param since when the key is used first, if it is
     * @throws IOException when the file cannot be read or written, or holds no such key
     */
    static SealSigner from(Path file, Instant since) throws IOException {
        try {
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (!Files.exists(file)) {
                create(file, posix);
            }
            if (posix && !Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.size() < 2) {
                throw new IOException("%s has no two lines".formatted(file));
            }
            PrivateKey secret = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(
                            Base64.getDecoder().decode(lines.get(0).strip())));
            AuditKey shown = AuditKey.from(lines.get(1));
            return new SealSigner(secret, AuditKey.from(shown.key(), since.truncatedTo(ChronoUnit.MICROS)));
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            throw new IOException(
                    "%s holds no key of Ed25519: restore it, or delete it, and the next start creates a new one"
                            .formatted(file),
                    noKey);
        }
    }

    private static void create(Path file, boolean posix) throws IOException, GeneralSecurityException {
        Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        // Written to a temporary file and moved, so that no start ever reads half a key.
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, attributes);
        Base64.Encoder base64 = Base64.getEncoder();
        Files.writeString(
                fresh,
                base64.encodeToString(pair.getPrivate().getEncoded()) + "\n"
                        + base64.encodeToString(pair.getPublic().getEncoded()) + "\n",
                StandardOpenOption.WRITE);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The public key. */
    AuditKey key() {
        return shown;
    }

    AuditSeal sign(SealKind kind, String installation, AuditHead head, Instant at) {
        AuditSeal open = new AuditSeal(kind, installation, head, at.truncatedTo(ChronoUnit.MICROS), shown.id(), "");
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(open.signed());
            return open.with(Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException("Ed25519 is missing", everyJavaHasIt);
        }
    }
}
