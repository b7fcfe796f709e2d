// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What the JDK accepts in a signed jar and this server does not: files that no signature covers, a manifest of which the
 * signature covers parts only, digests that can be forged.
 */
final class SignatureFiles {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    /** The strongest first; others do not count. */
    private static final List<String> DIGESTS = List.of("SHA-512", "SHA-384", "SHA-256");

    private final JarFile jar;

    SignatureFiles(JarFile jar) {
        this.jar = jar;
    }

    /**
     * @param signers how many have signed the file
     * @return what is wrong; empty when nothing is
     */
    Optional<String> violation(int signers) throws IOException {
        Map<String, Integer> blocks = new TreeMap<>();
        Set<String> files = new TreeSet<>();
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            String name = entry.getName();
            if (!JarSignatures.isSignature(name) || name.equals(MANIFEST)) {
                continue;
            }
            String upper = name.toUpperCase(Locale.ROOT);
            int dot = upper.lastIndexOf('.');
            if (upper.endsWith(".SF")) {
                files.add(upper.substring(0, dot));
            } else if (upper.startsWith("META-INF/SIG-")) {
                return Optional.of(name + " is a file that no signature covers");
            } else {
                blocks.merge(upper.substring(0, dot), 1, Integer::sum);
            }
        }
        if (!files.equals(blocks.keySet()) || blocks.values().stream().anyMatch(count -> count > 1)) {
            return Optional.of("its files of signatures in META-INF do not belong together in pairs");
        }
        if (files.size() != signers) {
            return Optional.of("it has %d signature files and %d valid signers; sign it once, by each signer"
                    .formatted(files.size(), signers));
        }
        return weakEntry().or(() -> partOfManifest());
    }

    private Optional<String> weakEntry() throws IOException {
        Manifest manifest = jar.getManifest();
        return manifest.getEntries().entrySet().stream()
                .filter(section -> strongest(section.getValue(), "-Digest").isEmpty())
                .findFirst()
                .map(section -> "%s has no digest by SHA-256 or stronger in the manifest".formatted(section.getKey()));
    }

    /** A signature of single sections leaves the headers open: who starts the bundle, its components, its class path. */
    private Optional<String> partOfManifest() {
        try {
            byte[] manifest = content(MANIFEST);
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                String name = entry.getName();
                if (JarSignatures.isSignature(name)
                        && name.toUpperCase(Locale.ROOT).endsWith(".SF")) {
                    Attributes main;
                    try (InputStream in = jar.getInputStream(entry)) {
                        main = new Manifest(in).getMainAttributes();
                    }
                    Optional<String> algorithm = strongest(main, "-Digest-Manifest");
                    if (algorithm.isEmpty()
                            || !main.getValue(algorithm.get() + "-Digest-Manifest")
                                    .equals(digest(algorithm.get(), manifest))) {
                        return Optional.of(("%s does not cover the whole manifest, as it is, by SHA-256 or stronger;"
                                        + " sign without -sectionsonly, as the last step")
                                .formatted(name));
                    }
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of("its signature files cannot be read: " + unreadable.getMessage());
        }
    }

    private static Optional<String> strongest(Attributes attributes, String suffix) {
        return DIGESTS.stream()
                .filter(algorithm -> attributes.getValue(algorithm + suffix) != null)
                .findFirst();
    }

    private byte[] content(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
            return in.readAllBytes();
        }
    }

    private static String digest(String algorithm, byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has " + algorithm, impossible);
        }
    }
}
