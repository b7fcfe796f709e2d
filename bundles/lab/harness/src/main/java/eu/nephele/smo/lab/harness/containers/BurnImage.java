// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The service: a web server of one program, which burns as much processor time as the caller says and answers which version
 * and which container it is.
 *
 * @param archive its files as a tar
 * @param version that its answers tell
 */
record BurnImage(Path archive, String version) {

    /** Of an ELF file, where it names what links it. */
    private static final int HEADERS = 4096;

    /** Time of the process itself, in hundredths of a second: on a busy machine the same work takes longer. */
    private static final String BURN = """
            #!/busybox sh
            wanted=$(((QUERY_STRING + 9) / 10))
            while :; do
              read -r line </proc/self/stat
              set -- $line
              [ $((${14} + ${15})) -ge "$wanted" ] && break
              i=0
              while [ "$i" -lt 500 ]; do i=$((i + 1)); done
            done
            printf 'Content-Type: text/plain\\r\\n\\r\\npage %%s of %%s\\n' '%s' "$HOSTNAME"
            """;

    /**
     * @param busybox linked statically: there is nothing else in the image
     * @param folder that gets a folder and the archive
     */
    static BurnImage make(Path busybox, Path folder, String version) throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("image-" + version));
        Files.copy(busybox, root.resolve("busybox"));
        Path pages = Files.createDirectories(root.resolve("www/cgi-bin"));
        Files.writeString(pages.resolveSibling("index.html"), "page %s%n".formatted(version));
        Path burn = Files.writeString(pages.resolve("burn"), BURN.formatted(version));
        Files.setPosixFilePermissions(burn, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path archive = folder.resolve("image-%s.tar".formatted(version));
        int status = new ProcessBuilder("tar", "-C", root.toString(), "-cf", archive.toString(), ".")
                .redirectError(folder.resolve("tar.log").toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("tar made no %s: status %d, see tar.log".formatted(archive, status));
        }
        return new BurnImage(archive, version);
    }

    /** Why a program cannot be alone in an image; empty when it can. */
    static Optional<String> unfit(Path program) throws IOException {
        try (InputStream file = Files.newInputStream(program)) {
            String begin = new String(file.readNBytes(HEADERS), StandardCharsets.ISO_8859_1);
            return begin.contains("/ld-")
                    ? Optional.of("UNFIT %s: it needs libraries; install the Debian package busybox-static"
                            .formatted(program))
                    : Optional.empty();
        }
    }

    /** Reference without a registry on the network. */
    String reference() {
        return "localhost/burn:" + version;
    }

    static String command(int port) {
        return "CMD [\"/busybox\",\"httpd\",\"-f\",\"-p\",\"%d\",\"-h\",\"/www\"]".formatted(port);
    }
}
