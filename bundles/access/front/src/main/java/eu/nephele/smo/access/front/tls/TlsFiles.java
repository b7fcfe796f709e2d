// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front.tls;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.SecretSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the files of {@link TlsSettings}. */
final class TlsFiles {

    private static final int MOST_BYTES = 1 << 20;

    private final TlsSettings settings;
    private final Supplier<List<SecretSource>> secrets;

    TlsFiles(TlsSettings settings, Supplier<List<SecretSource>> secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /** What the files have at one moment. */
    record TlsFileContents(Map<Path, byte[]> bytes) {

        boolean isSame(TlsFileContents other) {
            return bytes.keySet().equals(other.bytes.keySet())
                    && bytes.entrySet().stream()
                            .allMatch(file -> Arrays.equals(file.getValue(), other.bytes.get(file.getKey())));
        }

        private byte[] contentOf(Path file) {
            return Optional.ofNullable(bytes.get(file)).orElseThrow();
        }

        private PemFile pem(Path file) {
            return new PemFile(file, new String(contentOf(file), StandardCharsets.ISO_8859_1));
        }
    }

    TlsFileContents read() throws UnusableCertificateException {
        Map<Path, byte[]> bytes = new LinkedHashMap<>();
        for (Path file : settings.files()) {
            bytes.put(file, bytes(file));
        }
        return new TlsFileContents(bytes);
    }

    TlsIdentity identity(TlsFileContents contents) throws UnusableCertificateException {
        List<X509Certificate> authorities = settings.clientAuthorities().isPresent()
                ? contents.pem(settings.clientAuthorities().get()).certificates()
                : List.of();
        Optional<char[]> password = password();
        if (settings.isPkcs12()) {
            return pkcs12(contents.contentOf(settings.certificate()), password, authorities);
        }
        List<X509Certificate> chain = contents.pem(settings.certificate()).certificates();
        Path keyFile = settings.key().orElse(settings.certificate());
        PrivateKey key = contents.pem(keyFile).key(chain.get(0).getPublicKey().getAlgorithm(), password);
        return new TlsIdentity(key, chain, authorities);
    }

    private TlsIdentity pkcs12(byte[] content, Optional<char[]> password, List<X509Certificate> authorities)
            throws UnusableCertificateException {
        char[] secret = password.orElseGet(() -> new char[0]);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, secret) instanceof PrivateKey key) {
                    Certificate[] chain = store.getCertificateChain(alias);
                    return new TlsIdentity(
                            key,
                            Arrays.stream(chain)
                                    .map(X509Certificate.class::cast)
                                    .toList(),
                            authorities);
                }
            }
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new UnusableCertificateException(
                    "%s cannot be read as PKCS#12: it is damaged, or the secret of tlsPassword does not fit"
                            .formatted(settings.certificate()),
                    unreadable);
        }
        throw new UnusableCertificateException(
                "%s has no private key with a certificate".formatted(settings.certificate()));
    }

    private Optional<char[]> password() throws UnusableCertificateException {
        if (settings.passwordReference().isEmpty()) {
            return Optional.empty();
        }
        String reference = settings.passwordReference().get();
        try {
            return Optional.of(SecretSource.first(secrets.get(), reference)
                    .map(String::toCharArray)
                    // the reference is not shown: it may be a password by mistake
                    .orElseThrow(() -> new UnusableCertificateException(
                            "tlsPassword refers to no secret: expected file:PATH or env:NAME")));
        } catch (AdapterException unreadable) {
            throw new UnusableCertificateException("the secret of tlsPassword cannot be read", unreadable);
        }
    }

    private static byte[] bytes(Path file) throws UnusableCertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UnusableCertificateException("%s is larger than 1 MiB".formatted(file));
            }
            return bytes;
        } catch (NoSuchFileException missing) {
            throw new UnusableCertificateException("there is no file " + file, missing);
        } catch (AccessDeniedException denied) {
            throw new UnusableCertificateException("this process may not read " + file, denied);
        } catch (IOException unreadable) {
            throw new UnusableCertificateException(
                    "%s cannot be read: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }
}
