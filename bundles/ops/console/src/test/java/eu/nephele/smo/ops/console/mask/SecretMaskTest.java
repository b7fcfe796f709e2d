// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.owasp.encoder.Encode;

class SecretMaskTest {

    private static final String HARD = "a\"b<c>&'\\/ d\u00fc\u20ac\ud83d\ude00%+=z";

    private static String through(SecretMask mask, String text, int piece) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MaskingOutput output = new MaskingOutput(out, mask);
        byte[] bytes = text.getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at += piece) {
            output.write(bytes, at, Math.min(piece, bytes.length - at));
            output.flush();
        }
        output.finish();
        return out.toString(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 100_000})
    void aSecretIsMaskedHoweverItIsCutIntoPieces(int piece) throws Exception {
        SecretMask mask = new SecretMask(Set.of("correct horse", "correct horse battery", "tiny"));
        assertThat(through(
                        mask, "correct horse, x=correct horse battery;correct hors tiny \"tiny\" destiny=tiny", piece))
                .isEqualTo("***, x=***;correct hors tiny \"***\" destiny=***");
    }

    @Test
    void everyFormThatPagesWriteIsMasked() throws Exception {
        SecretMask mask = new SecretMask(Set.of(HARD));
        for (String form : List.of(
                HARD,
                Encode.forHtml(HARD),
                Encode.forHtmlAttribute(HARD),
                Encode.forHtml(Encode.forHtml(HARD)),
                Encode.forJavaScript(HARD),
                Encode.forUriComponent(HARD),
                Encode.forHtml(HARD.replace("\\", "\\\\").replace("\"", "\\\"")),
                HARD.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"),
                HARD.replace("<", "\\u003C")
                        .replace("\u00fc", "\\u00fc")
                        .replace("\ud83d\ude00", "\\uD83D\\uDE00")
                        .replace("\\/", "\\\\/"))) {
            assertThat(through(mask, "<td>" + form + "</td>", 5)).as(form).isEqualTo("<td>***</td>");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":12,\"a\":\"12\"}|{\"id\":12,\"a\":\"***\"}",
                "{\"id\": 12}|{\"id\": 12}",
                "pin = 12|pin = ***",
                "<td>12</td>|<td>***</td>",
                "[12, 13]|[***, 13]",
                "12 of 120|12 of 120"
            })
    void aShortSecretIsMaskedWhereItIsAValue(String text, String masked) throws Exception {
        assertThat(through(new SecretMask(Set.of("12")), text, 4)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "url=http://u:p@h, url=http://***@h",
        "http:\\/\\/u:p@h, http:\\/\\/***@h",
        "http://v:p@h, http://v:***@h",
        "http://h:p, http://h:p"
    })
    void shortCredentialsAreMaskedInUrls(String text, String masked) throws Exception {
        SecretMask mask = new SecretMask(Set.of("u:p", "p"));
        assertThat(through(mask, text, 2)).isEqualTo(masked);
        assertThat(mask.masked(text)).isEqualTo(masked);
    }

    @Test
    void aLongTextIsMaskedInLinesAndParts() throws Exception {
        String line = "k".repeat(1_000);
        SecretMask mask = new SecretMask(Set.of(line, "users:\n- name: anna\n  token: abcdefgh\n"));
        assertThat(mask.longest()).isLessThan(20_000);
        assertThat(through(mask, "x" + line + "y", 50)).matches("x[*]+y");
        assertThat(through(mask, "- name: anna\\n  token: abcdefgh\\n", 50)).isEqualTo("***\\n  ***\\n");
    }

    @Test
    void whatIsNoSecretStaysByteForByte() throws Exception {
        byte[] bytes = new byte[100_000];
        new Random(7).nextBytes(bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MaskingOutput output = new MaskingOutput(out, new SecretMask(Set.of("correct horse")));
        output.write(bytes);
        output.finish();
        assertThat(out.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void littleIsHeldBack() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MaskingOutput output = new MaskingOutput(out, new SecretMask(Set.of("correct horse")));
        byte[] bytes = new byte[1 << 20];
        Arrays.fill(bytes, (byte) 'x');
        output.write(bytes);
        assertThat(out.size()).isGreaterThan((1 << 20) - 20_000);
    }

    @Test
    void filesInAnArchiveAreMasked() throws Exception {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(zip)) {
            for (String name : List.of("a.txt", "b/c.txt")) {
                entries.putNextEntry(new ZipEntry(name));
                entries.write("password = correct horse\n".getBytes(UTF_8));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MaskingArchive archive = new MaskingArchive(out, new SecretMask(Set.of("correct horse")));
        archive.write(zip.toByteArray());
        archive.finish();
        try (ZipInputStream read = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat(read.getNextEntry().getName()).isEqualTo("a.txt");
            assertThat(read.readAllBytes()).asString(UTF_8).isEqualTo("password = ***\n");
            assertThat(read.getNextEntry().getName()).isEqualTo("b/c.txt");
            assertThat(read.readAllBytes()).asString(UTF_8).isEqualTo("password = ***\n");
            assertThat(read.getNextEntry()).isNull();
        }
    }

    @Test
    void anArchiveThatIsTooLargeIsNotSent() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MaskingArchive archive = new MaskingArchive(out, new SecretMask(Set.of("correct horse")));
        byte[] half = new byte[MaskingArchive.MOST_BYTES / 2 + 1];
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> {
                    archive.write(half);
                    archive.write(half);
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be searched for secrets");
        assertThat(out.size()).isZero();
    }
}
