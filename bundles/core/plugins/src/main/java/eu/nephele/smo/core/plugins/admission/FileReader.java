// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.contract.plugin.JarSignatures;
import eu.nephele.smo.core.plugins.admission.PluginFile.BundleEntry;
import eu.nephele.smo.core.plugins.admission.PluginSignature.SignatureState;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import eu.nephele.smo.core.plugins.settings.PluginSettings.Policy;
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
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Reads a file once, from its first to its last entry, and finds out what it is. Runs none of its code. */
public final class FileReader {

    private static final String ARCHIVE = "archive";
    private static final String BUNDLE = "bundle";
    private static final String FEATURE = "feature.json";
    private static final String META = "META-INF/";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    /** Bytes of a manifest, a {@code feature.json} and each file of a signature, which are read as a whole. */
    public static final int MAX_WHOLE_BYTES = 4 << 20;

    private static final int BUFFER_BYTES = 16_384;
    private static final PluginSignature NOT_LOOKED_AT =
            PluginSignature.untrusted(SignatureState.UNKNOWN, "not checked");

    private final PluginSettings settings;
    private final SignerTrust trust;
    private final Path scratch;
    private final Clock clock;

    public FileReader(PluginSettings settings, SignerTrust trust, Path scratch, Clock clock) {
        this.settings = settings;
        this.trust = trust;
        this.scratch = scratch;
        this.clock = clock;
    }

    /** @throws AdmissionException when it is no bundle and no feature, or dangerous to read */
    public PluginFile read(Path file, String name) throws AdmissionException, IOException {
        // an own copy: the examined content is that of the digest, even if the file changes meanwhile
        Path own = Files.createTempFile(scratch, "examined", ".jar");
        try {
            copy(file, own);
            return examine(own, file, name);
        } finally {
            Files.deleteIfExists(own);
        }
    }

    /** No file is unpacked to less than it has itself: what is larger than that limit is not copied onto our disk. */
    private void copy(Path file, Path own) throws AdmissionException, IOException {
        long most = settings.limits().unpackedBytes();
        long size = Files.size(file);
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = Files.newOutputStream(own)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long copied = 0;
            for (int read = 0; size <= most && copied <= most && read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                copied += read;
            }
            if (size > most || copied > most) {
                throw new AdmissionException(
                        ARCHIVE, "is larger than %d MiB, the limit of maxUnpackedMiB".formatted(most >> 20));
            }
        }
    }

    private PluginFile examine(Path own, Path file, String name) throws AdmissionException, IOException {
        UnpackedSize unpacked = new UnpackedSize(settings.limits(), Files.size(own));
        JarSignatures signers = new JarSignatures();
        boolean verify = settings.signature() != Policy.OFF;
        try (JarFile jar = open(own, verify, unpacked)) {
            walk(jar, signers, unpacked);
            PluginSignature signature = verify ? trust.judge(signers, jar, clock.instant()) : NOT_LOOKED_AT;
            String sha256 = sha256(own);
            JarEntry feature = jar.getJarEntry(FEATURE);
            if (feature == null) {
                BundleEntry bundleEntry = part(jar, "", unpacked);
                return new PluginFile(
                        file,
                        name,
                        sha256,
                        bundleEntry.symbolicName(),
                        bundleEntry.version(),
                        List.of(bundleEntry),
                        Map.of(),
                        signature);
            }
            PluginFeature read = PluginFeature.read(jar.getInputStream(feature).readAllBytes());
            List<BundleEntry> parts = parts(jar, unpacked);
            read.checkConfigurations(
                    parts.stream().map(BundleEntry::symbolicName).toList());
            return new PluginFile(
                    file, name, sha256, read.id(), read.version(), parts, read.configurations(), signature);
        } catch (SecurityException broken) {
            throw new AdmissionException("signature", "changed after it was signed: " + broken.getMessage());
        }
    }

    private static JarFile open(Path file, boolean verify, UnpackedSize unpacked)
            throws AdmissionException, IOException {
        CentralDirectory directory = CentralDirectory.read(file)
                .orElseThrow(() -> new AdmissionException(
                        ARCHIVE,
                        "is no complete jar or zip (%d bytes), or has a central directory of more than %d MiB; copy it again under another name, then rename it"
                                .formatted(file.toFile().length(), CentralDirectory.MAX_DIRECTORY_BYTES >> 20)));
        unpacked.entries(directory.entries().size());
        checkNames(directory);
        try {
            checkWhole(file);
            JarFile jar = new JarFile(file.toFile(), verify);
            checkSame(directory, jar);
            return jar;
        } catch (IOException broken) {
            throw new AdmissionException(ARCHIVE, "cannot be read as a jar: " + broken.getMessage());
        }
    }

    /** Before anybody else reads them: the JDK reads manifest and signatures with the first entry, the framework the manifest. */
    private static void checkWhole(Path file) throws AdmissionException, IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().<ZipEntry>map(it -> it)::iterator) {
                if (entry.getName().equals(FEATURE) || JarSignatures.isSignature(entry.getName())) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        if (in.skip(MAX_WHOLE_BYTES + 1L) > MAX_WHOLE_BYTES) {
                            throw new AdmissionException(
                                    ARCHIVE,
                                    "has more than %d MiB in %s"
                                            .formatted(MAX_WHOLE_BYTES >> 20, shown(entry.getName())));
                        }
                    }
                }
            }
        }
    }

    /** Code is loaded by the JDK's reader, which may find another list of contents in a file that has two. */
    private static void checkSame(CentralDirectory directory, JarFile jar) throws AdmissionException, IOException {
        List<String> ours = directory.entries().stream()
                .map(CentralDirectory.DirectoryEntry::name)
                .toList();
        List<String> theirs = jar.stream().map(JarEntry::getName).toList();
        if (!ours.equals(theirs)) {
            jar.close();
            throw new AdmissionException(ARCHIVE, "has two central directories; build it again");
        }
    }

    private static void checkNames(CentralDirectory directory) throws AdmissionException {
        Map<String, Boolean> seen = new HashMap<>();
        for (CentralDirectory.DirectoryEntry entry : directory.entries()) {
            String name = entry.name();
            if (name.startsWith("/") || name.contains("\\") || name.matches("(?s)^[A-Za-z]:.*")) {
                throw new AdmissionException(ARCHIVE, "has an entry with an absolute name: " + shown(name));
            }
            if (("/" + name + "/").contains("/../")) {
                throw new AdmissionException(ARCHIVE, "has an entry that leads out of the archive: " + shown(name));
            }
            if (entry.link()) {
                throw new AdmissionException(ARCHIVE, "has a symbolic link in it: " + shown(name));
            }
            checkMeta(name);
            if (name.isEmpty() || name.indexOf('\0') >= 0 || seen.put(name, true) != null) {
                throw new AdmissionException(ARCHIVE, "has two entries of one name, or one without: " + shown(name));
            }
        }
    }

    /** The JDK finds a manifest and signatures in any case, the framework in capitals only. */
    private static void checkMeta(String name) throws AdmissionException {
        boolean meta = name.regionMatches(true, 0, META, 0, META.length());
        boolean capitals = name.startsWith(META) && (!name.equalsIgnoreCase(MANIFEST) || name.equals(MANIFEST));
        if (meta && !capitals) {
            throw new AdmissionException(
                    ARCHIVE,
                    "has an entry %s, which some take for part of META-INF and others do not".formatted(shown(name)));
        }
    }

    private static String shown(String name) {
        return name.length() > 120 ? name.substring(0, 120) + "…" : name;
    }

    private static void walk(JarFile jar, JarSignatures signers, UnpackedSize unpacked) throws AdmissionException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            try (InputStream in = jar.getInputStream(entry)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    unpacked.bytes(read);
                    if (read > 0 && entry.isDirectory()) {
                        // the JDK returns it for a file of that name; no signature covers it
                        throw new AdmissionException(ARCHIVE, "has a folder with content: " + shown(entry.getName()));
                    }
                }
                signers.read(entry);
            } catch (SecurityException modified) {
                signers.modified(entry.getName(), modified);
            } catch (IOException broken) {
                throw new AdmissionException(
                        ARCHIVE, "is damaged at %s: %s".formatted(shown(entry.getName()), broken.getMessage()));
            }
        }
    }

    private List<BundleEntry> parts(JarFile zip, UnpackedSize unpacked) throws AdmissionException, IOException {
        List<BundleEntry> parts = new ArrayList<>();
        for (JarEntry entry : (Iterable<JarEntry>) zip.stream()::iterator) {
            if (entry.getName().startsWith("bundles/") && entry.getName().endsWith(".jar")) {
                parts.add(inside(zip, entry, unpacked, jar -> part(jar, entry.getName(), unpacked)));
            }
        }
        if (parts.isEmpty()) {
            throw new AdmissionException(BUNDLE, "has a feature.json and no bundles/*.jar");
        }
        return parts;
    }

    @FunctionalInterface
    private interface FileState<T> {
        T at(JarFile jar) throws AdmissionException, IOException;
    }

    private <T> T inside(JarFile outer, JarEntry entry, UnpackedSize unpacked, FileState<T> fileState)
            throws AdmissionException, IOException {
        Path copy = Files.createTempFile(scratch, "part", ".jar");
        try {
            try (InputStream in = outer.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(copy)) {
                in.transferTo(out);
            }
            try (JarFile jar = open(copy, false, unpacked)) {
                walk(jar, new JarSignatures(), unpacked);
                return fileState.at(jar);
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private BundleEntry part(JarFile jar, String entry, UnpackedSize unpacked) throws AdmissionException, IOException {
        String what = entry.isEmpty() ? "" : entry + " ";
        JarEntry manifest = jar.getJarEntry(MANIFEST);
        if (manifest == null) {
            throw new AdmissionException(
                    BUNDLE, what + "has no META-INF/MANIFEST.MF and no feature.json: it is not a plugin");
        }
        Map<String, String> headers =
                new ManifestReader(what).read(jar.getInputStream(manifest).readAllBytes());
        String name = headers.getOrDefault(Constants.BUNDLE_SYMBOLICNAME, "")
                .split(";", 2)[0]
                .strip();
        if (name.isEmpty()) {
            throw new AdmissionException(
                    BUNDLE,
                    what + "has no Bundle-SymbolicName in its manifest: it is not an OSGi bundle. Build it with bnd or"
                            + " the project of ./smo new");
        }
        PluginName.check(BUNDLE, what + "has no Bundle-SymbolicName as OSGi defines it", name);
        if (!headers.getOrDefault(Constants.BUNDLE_MANIFESTVERSION, "").strip().equals("2")) {
            throw new AdmissionException(BUNDLE, what + "has no Bundle-ManifestVersion: 2 in its manifest");
        }
        List<String> entries =
                new ArrayList<>(jar.stream().map(JarEntry::getName).toList());
        entries.addAll(onItsClassPath(jar, headers, unpacked));
        return new BundleEntry(
                entry,
                name,
                version(what, headers.getOrDefault(Constants.BUNDLE_VERSION, "")),
                headers,
                entries,
                new ComponentFiles(jar, entries).read(headers.getOrDefault("Service-Component", "")));
    }

    /** Entries of the jars inside a bundle that its code is loaded from. */
    private List<String> onItsClassPath(JarFile jar, Map<String, String> headers, UnpackedSize unpacked)
            throws AdmissionException, IOException {
        List<String> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String clause :
                headers.getOrDefault(Constants.BUNDLE_CLASSPATH, ".").split("[,;]", -1)) {
            String path = clause.strip().replaceAll("^\"?/?|\"$", "");
            JarEntry nested = path.isEmpty() || path.contains("=") ? null : jar.getJarEntry(path);
            if (nested != null && !nested.isDirectory() && seen.add(path)) {
                entries.addAll(inside(jar, nested, unpacked, inner -> inner.stream()
                        .map(JarEntry::getName)
                        .toList()));
            }
        }
        return entries;
    }

    private static Version version(String what, String text) throws AdmissionException {
        if (text.isBlank()) {
            throw new AdmissionException(BUNDLE, what + "has no Bundle-Version in its manifest");
        }
        try {
            Version version = Version.parseVersion(text.strip());
            PluginName.checkLength(
                    BUNDLE, what + "has no Bundle-Version that a file name can have", version.toString());
            return version;
        } catch (IllegalArgumentException broken) {
            throw new AdmissionException(BUNDLE, "%shas the invalid Bundle-Version '%s'".formatted(what, text));
        }
    }

    public static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                Files.copy(file, out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
