// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/** Tiny charts, packaged on the fly, as a repository. */
final class TestCharts implements ArtifactRepository {

    static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: {{ .Release.Name }}}
            spec:
              replicas: {{ .Values.replicas }}
              selector: {matchLabels: {app: {{ .Release.Name }}}}
              template:
                metadata: {labels: {app: {{ .Release.Name }}}}
                spec: {containers: [{name: main, image: "example.org/none:1"}]}
            """;
    static final String CONFIG_MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: {{ .Release.Name }}}
            data:
              word: {{ .Values.word | quote }}
            """;

    private final Path folder;
    private final Map<String, FetchedChart> charts = new ConcurrentHashMap<>();
    volatile boolean away;

    TestCharts(Path folder) {
        this.folder = folder;
    }

    /** A chart with these files beside its {@code Chart.yaml}. */
    TestCharts with(String reference, String name, Map<String, String> files) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Chart.yaml", "apiVersion: v2\nname: %s\nversion: 1.0.0\n".formatted(name));
        all.putAll(files);
        try {
            byte[] packed = packed(name, all);
            Path file = folder.resolve("%s-%s.tgz"
                    .formatted(
                            name, ReleaseLabels.digest(Arrays.toString(packed)).substring(0, 8)));
            Files.write(file, packed);
            charts.put(
                    reference,
                    new FetchedChart(file, "sha256:" + ReleaseLabels.digest(Arrays.toString(packed)), name, "1.0.0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    @Override
    public FetchedDescriptor descriptor(String reference) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FetchedChart chart(String reference) {
        if (away) {
            throw new AdapterException(Kind.UNAVAILABLE, "oci", "away");
        }
        FetchedChart chart = charts.get(reference);
        if (chart == null) {
            throw new AdapterException(Kind.NOT_FOUND, "oci", "no chart " + reference);
        }
        return chart;
    }

    private static byte[] packed(String name, Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                entry(out, name + "/" + file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            out.write(new byte[1024]);
        }
        return bytes.toByteArray();
    }

    private static void entry(OutputStream out, String path, byte[] content) throws IOException {
        byte[] head = new byte[512];
        put(head, 0, path);
        put(head, 100, "0000644");
        put(head, 108, "0000000");
        put(head, 116, "0000000");
        put(head, 124, "%011o".formatted(content.length));
        put(head, 136, "00000000000");
        head[156] = '0';
        put(head, 257, "ustar");
        put(head, 263, "00");
        Arrays.fill(head, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : head) {
            sum += b & 0xff;
        }
        put(head, 148, "%06o".formatted(sum));
        head[154] = 0;
        out.write(head);
        out.write(content);
        out.write(new byte[(512 - content.length % 512) % 512]);
    }

    private static void put(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }
}
