// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.dashboard;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The frame of the page: one HTML file with the names of all others, the import map of its modules, and the policy that allows these and
 * nothing else. It is made when it is first asked for, because the version takes all files to be read.
 */
final class PageFrame {

    /** Below it are the files. */
    static final String ASSETS = "/assets/";

    private static final String FRAME = "index.html";
    private static final String MODULES = "modules.properties";
    private static final String LIBRARIES = "lib/";

    private final PageFiles files;
    private final String base;
    private final OnFirstUse<Made> made = new OnFirstUse<>(this::make);

    private record Made(String version, PageFile page, String policy) {}

    /** @param base path of the page at the server */
    PageFrame(PageFiles files, String base) {
        this.files = files;
        this.base = base;
    }

    PageFile page() {
        return made.get().page();
    }

    /** Value of the header Content-Security-Policy. */
    String policy() {
        return made.get().policy();
    }

    /**
     * A file of this version.
     *
     * @param path below the base, begins with {@link #ASSETS}
     */
    Optional<PageFile> asset(String path) {
        String present = ASSETS + made.get().version() + "/";
        return path.startsWith(present) ? files.file(path.substring(present.length())) : Optional.empty();
    }

    private Made make() {
        String version = files.version();
        String assets = base + ASSETS + version + "/";
        String map = importMap(assets);
        String page = files.text(FRAME)
                .replace("{{version}}", version)
                .replace("{{assets}}", assets)
                .replace("{{importmap}}", map);
        return new Made(
                version,
                PageFile.create("text/html;charset=UTF-8", page.getBytes(StandardCharsets.UTF_8)),
                policyFor(map));
    }

    private String importMap(String assets) {
        Properties modules = new Properties();
        try {
            modules.load(new StringReader(files.text(MODULES)));
        } catch (IOException impossible) {
            throw new UncheckedIOException("text in memory cannot be read", impossible);
        }
        String imports = new TreeMap<>(modules)
                .entrySet().stream()
                        .map(module ->
                                "\"%s\":\"%s%s%s\"".formatted(module.getKey(), assets, LIBRARIES, module.getValue()))
                        .collect(Collectors.joining(","));
        return "{\"imports\":{" + imports + "}}";
    }

    private static String policyFor(String importMap) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' " + PageFile.scriptHash(importMap.getBytes(StandardCharsets.UTF_8)),
                "style-src 'self'",
                // The editor marks errors by pictures in its styles; a picture runs nothing.
                "img-src 'self' data:",
                "font-src 'self'",
                "connect-src 'self'",
                "worker-src 'self'",
                "manifest-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'");
    }
}
