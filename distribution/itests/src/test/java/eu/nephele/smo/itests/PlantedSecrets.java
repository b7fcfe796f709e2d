// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Secrets that a test plants, each with a value of its own, so that one that gets out says where it was planted. They are looked for
 * as text in one and in two bytes per character, in base64, as Basic credentials have it, and within ZIP and GZIP archives.
 */
final class PlantedSecrets {

    private static final int CONTEXT = 60;
    private static final int BASE64_GROUP = 3;

    private final Map<String, String> values = new TreeMap<>();

    /** A new value for a place; letters and digits only, so that no output has to escape it. */
    String plant(String place) {
        String value = "mArK" + UUID.randomUUID().toString().replace("-", "");
        values.put(place, value);
        return value;
    }

    /** A value that somebody else has made. */
    String planted(String place, String value) {
        values.put(place, value);
        return value;
    }

    Map<String, String> all() {
        return Map.copyOf(values);
    }

    /** One line for each secret found in an output, with what is around it. */
    List<String> in(String output, byte[] content) throws IOException {
        List<String> found = new ArrayList<>();
        String plain = new String(content, ISO_8859_1);
        values.forEach((place, value) -> forms(value).forEach((form, text) -> {
            int at = plain.indexOf(text);
            if (at >= 0) {
                found.add("the secret of %s is in %s (%s): …%s…"
                        .formatted(
                                place,
                                output,
                                form,
                                plain.substring(
                                                Math.max(0, at - CONTEXT),
                                                Math.min(plain.length(), at + text.length() + CONTEXT))
                                        .replaceAll("[^\\x20-\\x7e]", ".")));
            }
        }));
        if (plain.startsWith("PK\u0003\u0004")) {
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    found.addAll(in(output + "!" + entry.getName(), zip.readAllBytes()));
                }
            }
        } else if (plain.startsWith("\u001f\u008b")) {
            try (GZIPInputStream zipped = new GZIPInputStream(new ByteArrayInputStream(content))) {
                found.addAll(in(output + "!", zipped.readAllBytes()));
            }
        }
        return found;
    }

    List<String> in(String output, String text) throws IOException {
        return in(output, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> forms(String value) {
        Map<String, String> forms = new TreeMap<>();
        forms.put("text", value);
        forms.put("lower case", value.toLowerCase(Locale.ROOT));
        forms.put("UTF-16BE", new String(value.getBytes(UTF_16BE), ISO_8859_1));
        forms.put("UTF-16LE", new String(value.getBytes(UTF_16LE), ISO_8859_1));
        for (int shift = 0; shift < BASE64_GROUP; shift++) {
            // a part of the groups that the value alone decides about, wherever it begins in what was encoded
            int skipped = (BASE64_GROUP - shift) % BASE64_GROUP;
            int whole = (value.length() - skipped) / BASE64_GROUP * BASE64_GROUP;
            forms.put(
                    "base64, " + shift,
                    Base64.getEncoder()
                            .encodeToString(
                                    value.substring(skipped, skipped + whole).getBytes(US_ASCII)));
        }
        return forms;
    }
}
