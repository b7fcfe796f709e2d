// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts that have broken programs before. */
public final class HostileTexts {

    private static final int LONG = 70_000;

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\ud800",
            "\udc00\ud800",
            "\ufeffa",
            "\u202eabc",
            "\u0130\u0131\u212a",
            "\ud83d\ude00",
            "e\u0301\u0301\u0301",
            "\r\nX-Injected: 1",
            "\n",
            "\t",
            "\u007f\u0085\u2028",
            "../../../../etc/passwd",
            "..\\..\\windows",
            "/etc/passwd",
            "%2e%2e%2f",
            "%00",
            "%",
            "${jndi:ldap://127.0.0.1:1/a}",
            "${user.home}",
            "{{7*7}}",
            "%s%n%x%d",
            "'; drop table graph; --",
            "\"",
            "\\",
            "<script>alert(1)</script>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "true",
            "null",
            "NaN",
            "Infinity",
            "-1",
            "0",
            "1e400",
            "1E999999999",
            "-9223372036854775809",
            "18446744073709551616",
            "0x10",
            "1_000",
            "2147483648",
            "0.1e-400",
            "99999999999999999999999999999Gi",
            "-1m",
            "P999999999999D",
            "PT-1S",
            "2026-02-30T25:61:61Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "9999-99-99",
            "* * * * * *",
            "0 0 31 2 *",
            "(a+)+$",
            "[",
            "(",
            "**",
            "http://[::1",
            "http://169.254.169.254/latest",
            "http://0x7f000001/",
            "http://user:pass@host:99999/",
            "file:///etc/passwd",
            "jar:file:/a.jar!/",
            "oci://x",
            "urn:a",
            "a".repeat(300),
            "\u00e9".repeat(LONG),
            "a,".repeat(LONG / 2),
            "(".repeat(5_000),
            "[".repeat(5_000));

    /** Parts of text formats, as bytes: each character is one byte. */
    private static final List<String> FRAGMENTS = List.of(
            "\u0000",
            "\u00ff\u00fe",
            "\u00ef\u00bb\u00bf",
            "\u00c0\u00af",
            "\u00ed\u00a0\u0080",
            "\u00f5\u0080\u0080\u0080",
            "\u0080",
            "\\ud800",
            "\\u0000",
            "\"",
            "'",
            "\n",
            "\r\n",
            "\t",
            "\u0085",
            ":",
            ": ",
            "- ",
            "? ",
            "{",
            "}",
            "[",
            "]",
            "[[[[[[[[[[[[[[[[[[[[",
            "{a: ",
            "{\"a\":",
            ",",
            "#",
            "&a ",
            "*a",
            "<<: *a",
            "&a [*a, *a]",
            "!!java.net.URL ",
            "!!binary ",
            "!!set ",
            "!<tag:yaml.org,2002:int> ",
            "%YAML 9.9\n---\n",
            "---\n",
            "...\n",
            "|\n",
            ">-\n  ",
            "@",
            "`",
            "~",
            "null",
            "true",
            "yes",
            "NaN",
            ".inf",
            "-.inf",
            "-0",
            "1e400",
            "1e999999999",
            "1E-999999999",
            "0x7fffffffffffffff",
            "0o777777",
            "1:30:00",
            "2026-11-28",
            "9".repeat(2_000),
            "a".repeat(LONG));

    private HostileTexts() {}

    /** Values for places that take text. */
    public static Arbitrary<String> values() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of(VALUES)),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(40)));
    }

    /** Parts of JSON, YAML and other text formats; each character is one byte. */
    static Arbitrary<String> fragments() {
        return Arbitraries.of(FRAGMENTS);
    }
}
