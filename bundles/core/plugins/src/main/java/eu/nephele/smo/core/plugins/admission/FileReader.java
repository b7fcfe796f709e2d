// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.plugins.PluginSettings;
import eu.nephele.smo.core.plugins.PluginSettings.Policy;
import eu.nephele.smo.core.plugins.admission.PluginFile.Part;
import eu.nephele.smo.core.plugins.admission.Signature.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Reads a file once, from its first to its last entry, and finds out what it is. Runs none of its code. */
public final class FileReader {

    private static final String ARCHIVE = "archive";
    private static final String BUNDLE = "bundle";
    private static final String FEATURE = "feature.json";
    private static final int BUFFER_BYTES = 16_384;
    private static final Signature NOT_LOOKED_AT = new Signature(State.UNKNOWN, Optional.empty(), "not looked at");

    private final PluginSettings settings;
    private final Trust trust;
    private final Path scratch;
    private final Clock clock;

    /** @param scratch folder for bundles inside a zip */
    public FileReader(PluginSettings settings, Trust trust, Path scratch, Clock clock) {
        this.settings = settings;
        this.trust = trust;
        this.scratch = scratch;
        this.clock = clock;
    }

    /**
     * @param name what people call the file
     * @throws Refusal when it is no bundle and no feature, or dangerous to read
     * @throws IOException when the disk does not give it
     */
    public PluginFile read(Path file, String name) throws Refusal, IOException {
        Unpacked unpacked = new Unpacked(settings.limits(), Files.size(file));
        SignatureReader signers = new SignatureReader();
        boolean verify = settings.signature() != Policy.OFF;
        try (JarFile jar = open(file, verify, unpacked)) {
            walk(jar, signers, unpacked);
            Signature signature = verify ? signers.judge(jar, trust, clock.instant()) : NOT_LOOKED_AT;
            String sha256 = sha256(file);
            JarEntry feature = jar.getJarEntry(FEATURE);
            if (feature == null) {
                Part part = part(jar, "");
                return new PluginFile(
                        file, name, sha256, part.symbolicName(), part.version(), List.of(part), Map.of(), signature);
            }
            Feature read = Feature.read(jar.getInputStream(feature).readAllBytes());
            List<Part> parts = parts(jar, unpacked);
            return new PluginFile(
                    file, name, sha256, read.id(), read.version(), parts, read.configurations(), signature);
        } catch (SecurityException broken) {
            throw new Refusal("signature", "changed after it was signed: " + broken.getMessage());
        }
    }

    private static JarFile open(Path file, boolean verify, Unpacked unpacked) throws Refusal, IOException {
        CentralDirectory directory = CentralDirectory.of(file)
                .orElseThrow(() -> new Refusal(
                        ARCHIVE,
                        "is no complete jar or zip (%d bytes); copy it again, under another name first, and rename it then"
                                .formatted(file.toFile().length())));
        unpacked.entries(directory.entries().size());
        checkNames(directory);
        try {
            return new JarFile(file.toFile(), verify);
        } catch (IOException broken) {
            throw new Refusal(ARCHIVE, "cannot be read as a jar: " + broken.getMessage());
        }
    }

    private static void checkNames(CentralDirectory directory) throws Refusal {
        Map<String, Boolean> seen = new HashMap<>();
        for (CentralDirectory.Entry entry : directory.entries()) {
            String name = entry.name();
            if (name.startsWith("/") || name.contains("\\") || name.matches("(?s)^[A-Za-z]:.*")) {
                throw new Refusal(ARCHIVE, "has an entry with an absolute name: " + shown(name));
            }
            if (("/" + name + "/").contains("/../")) {
                throw new Refusal(ARCHIVE, "has an entry that leads out of the archive: " + shown(name));
            }
            if (entry.link()) {
                throw new Refusal(ARCHIVE, "has a symbolic link in it: " + shown(name));
            }
            if (name.isEmpty() || name.indexOf('\0') >= 0 || seen.put(name, true) != null) {
                throw new Refusal(ARCHIVE, "has two entries of one name, or one without: " + shown(name));
            }
        }
    }

    private static String shown(String name) {
        return name.length() > 120 ? name.substring(0, 120) + "…" : name;
    }

    private static void walk(JarFile jar, SignatureReader signers, Unpacked unpacked) throws Refusal {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            try (InputStream in = jar.getInputStream(entry)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    unpacked.bytes(read);
                }
                signers.read(entry);
            } catch (SecurityException modified) {
                signers.modified(entry.getName(), modified);
            } catch (IOException broken) {
                throw new Refusal(
                        ARCHIVE, "is damaged at %s: %s".formatted(shown(entry.getName()), broken.getMessage()));
            }
        }
    }

    private List<Part> parts(JarFile zip, Unpacked unpacked) throws Refusal, IOException {
        List<Part> parts = new ArrayList<>();
        for (JarEntry entry : (Iterable<JarEntry>) zip.stream()::iterator) {
            if (entry.getName().startsWith("bundles/") && entry.getName().endsWith(".jar")) {
                Path copy = Files.createTempFile(scratch, "part", ".jar");
                try {
                    try (InputStream in = zip.getInputStream(entry);
                            OutputStream out = Files.newOutputStream(copy)) {
                        in.transferTo(out);
                    }
                    try (JarFile jar = open(copy, false, unpacked)) {
                        walk(jar, new SignatureReader(), unpacked);
                        parts.add(part(jar, entry.getName()));
                    }
                } finally {
                    Files.deleteIfExists(copy);
                }
            }
        }
        if (parts.isEmpty()) {
            throw new Refusal(BUNDLE, "has a feature.json and no bundles/*.jar");
        }
        return parts;
    }

    private static Part part(JarFile jar, String entry) throws Refusal, IOException {
        String what = entry.isEmpty() ? "" : entry + " ";
        Manifest manifest = jar.getManifest();
        if (manifest == null) {
            throw new Refusal(BUNDLE, what + "has no META-INF/MANIFEST.MF and no feature.json: it is no plugin");
        }
        Map<String, String> headers = headers(manifest.getMainAttributes());
        String name = headers.getOrDefault(Constants.BUNDLE_SYMBOLICNAME, "")
                .split(";", 2)[0]
                .strip();
        if (!name.matches("[A-Za-z0-9_.-]{1,200}")) {
            throw new Refusal(
                    BUNDLE,
                    what + "has no Bundle-SymbolicName in its manifest: it is no OSGi bundle. Build it with bnd or the"
                            + " project of ./smo new");
        }
        if (!headers.getOrDefault(Constants.BUNDLE_MANIFESTVERSION, "").strip().equals("2")) {
            throw new Refusal(BUNDLE, what + "has no Bundle-ManifestVersion: 2 in its manifest");
        }
        return new Part(
                entry,
                name,
                version(what, headers.getOrDefault(Constants.BUNDLE_VERSION, "")),
                headers,
                jar.stream().map(JarEntry::getName).toList());
    }

    private static Version version(String what, String text) throws Refusal {
        if (text.isBlank()) {
            throw new Refusal(BUNDLE, what + "has no Bundle-Version in its manifest");
        }
        try {
            return Version.parseVersion(text.strip());
        } catch (IllegalArgumentException broken) {
            throw new Refusal(BUNDLE, "%shas the Bundle-Version '%s', which is none".formatted(what, text));
        }
    }

    private static Map<String, String> headers(Attributes attributes) {
        Map<String, String> headers = new HashMap<>();
        attributes.forEach((name, value) -> headers.put(name.toString(), value.toString()));
        return headers;
    }

    /** Hex digest of a file. */
    public static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                Files.copy(file, out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
