// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.signing;

import eu.nephele.smo.core.contract.plugin.JarSignatures;
import eu.nephele.smo.core.contract.plugin.SignerKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSigner;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import jdk.security.jarsigner.JarSignerException;

/** A plugin as a signed jar or zip, by the standard of Java: {@code jarsigner -verify} reads it, too. */
public final class SignedPlugin {

    private static final String DIGEST = "SHA-256";

    private final Path file;

    public SignedPlugin(Path file) {
        this.file = file;
    }

    /** @param timestamp of the signature, when an authority has stamped it; only a server that knows the authority believes it */
    public record PluginSignerKey(String subject, String fingerprint, Optional<String> timestamp) {}

    /**
     * Signs all entries, in place of the file or as another one, which has its name only when it is complete.
     *
     * @param authority of time stamps
     * @throws IOException also when it is signed already
     */
    public void sign(PrivateKeyEntry key, Optional<URI> authority, Path to) throws IOException {
        if (signedBefore()) {
            throw new IOException("%s is signed already; sign the file as it was built".formatted(file));
        }
        Path part = to.resolveSibling(to.getFileName() + ".part");
        try (ZipFile zip = new ZipFile(file.toFile());
                OutputStream out = Files.newOutputStream(part)) {
            JarSigner.Builder builder =
                    new JarSigner.Builder(key).digestAlgorithm(DIGEST).signerName("SIGNER");
            authority.ifPresent(builder::tsa);
            builder.build().sign(zip, out);
        } catch (java.security.NoSuchAlgorithmException | JarSignerException failed) {
            Files.deleteIfExists(part);
            throw new IOException("%s cannot be signed: %s".formatted(file, failed.getMessage()), failed);
        } catch (NoClassDefFoundError runtimeOnly) {
            Files.deleteIfExists(part);
            throw new IOException("This Java has no module jdk.jartool; use a JDK to sign", runtimeOnly);
        }
        Files.move(part, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean signedBefore() throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream()
                    .anyMatch(entry -> JarSignatures.isSignature(entry.getName())
                            && !entry.getName().equals(JarFile.MANIFEST_NAME));
        }
    }

    /**
     * Reads who has signed the whole file, as a server does.
     *
     * @throws IOException saying why nobody has
     */
    public List<PluginSignerKey> verify() throws IOException {
        JarSignatures signatures = new JarSignatures();
        try (JarFile jar = new JarFile(file.toFile(), true)) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                try (InputStream in = jar.getInputStream(entry)) {
                    in.transferTo(OutputStream.nullOutputStream());
                    signatures.read(entry);
                } catch (SecurityException modified) {
                    signatures.modified(entry.getName(), modified);
                }
            }
            Optional<String> violation = signatures.violation(jar);
            if (violation.isPresent() || !signatures.isSigned()) {
                throw new IOException("%s: %s".formatted(file, violation.orElse("not signed")));
            }
        } catch (SecurityException forged) {
            throw new IOException("%s: %s".formatted(file, forged.getMessage()), forged);
        }
        return signatures.signers().stream().map(SignedPlugin::key).toList();
    }

    private static PluginSignerKey key(CodeSigner signer) {
        X509Certificate certificate =
                (X509Certificate) signer.getSignerCertPath().getCertificates().get(0);
        return new PluginSignerKey(
                certificate.getSubjectX500Principal().getName(),
                SignerKeys.fingerprint(certificate),
                Optional.ofNullable(signer.getTimestamp())
                        .map(stamp -> stamp.getTimestamp().toInstant().toString()));
    }
}
