// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Only examples are in the repository: no file has a key, a token or a store of keys in it. */
class SecretsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", ".idea", ".vscode");
    private static final Pattern STORES = Pattern.compile(
            "(?i).*\\.(p12|pfx|jks|keystore|key|kdbx|asc|gpg)|(?i)(.*[/\\\\])?(id_(rsa|ecdsa|ed25519)|\\.env|\\.netrc|\\.pgpass|kubeconfig|credentials)");

    /** What to look for; each with text that it has to find. */
    private static final Map<Pattern, String> SECRETS = secrets();

    /** Made up, in tests of what hides or reads them: file, and what it may have. */
    private static final Map<String, String> FIXTURES = Map.of(
            "bundles/core/contract/src/test/java/eu/nephele/smo/core/contract/runtime/SecretRedactorTest.java",
            "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiJ4In0.");

    private static Map<Pattern, String> secrets() {
        Map<Pattern, String> secrets = new LinkedHashMap<>();
        String line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj";
        // a begin line alone is what programs look for; a key has lines of base64 after it
        secrets.put(
                Pattern.compile(
                        "-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----(?:\\\\n|[\\s\"'+|>]|\\\\r){1,40}[A-Za-z0-9+/=]{32,}"),
                "-----BEGIN RSA PRIVATE KEY-----\n" + line);
        secrets.put(
                Pattern.compile("\\bAGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\\b"),
                "AGE-SECRET-KEY-1" + "QPZRY9X8".repeat(7) + "QP");
        secrets.put(Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"), "AKIA" + "ABCDEFGH12345678");
        secrets.put(Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{36}\\b"), "ghp_" + "a1B2".repeat(9));
        secrets.put(Pattern.compile("\\bgithub_pat_[A-Za-z0-9_]{40,}"), "github_pat_" + "a1B2".repeat(11));
        secrets.put(Pattern.compile("\\bglpat-[A-Za-z0-9_-]{20}"), "glpat-" + "a1B2".repeat(5));
        secrets.put(Pattern.compile("\\bxox[abprs]-[0-9A-Za-z-]{10,}"), "xoxb-" + "1234567890-abc");
        secrets.put(Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}"), "AIza" + "a1B2c".repeat(7));
        secrets.put(Pattern.compile("\\bsk_live_[0-9A-Za-z]{20,}"), "sk_live_" + "a1B2".repeat(6));
        secrets.put(
                Pattern.compile("\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*"),
                "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiJ4In0.abc");
        secrets.put(
                Pattern.compile("(?i)https?://[^\\s/:@\"'{}<$]{1,60}:[^\\s/:@\"'{}<$]{12,}@[a-z0-9.-]+\\.[a-z]{2,}"),
                "https://anna:" + "s3cr3tpassw0rd@example.org");
        return secrets;
    }

    /** Files that a commit has, or will have: all but outputs of builds. */
    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                // outputs of tests come and go meanwhile
                return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files.stream().sorted().toList();
    }

    @Test
    void thePatternsFindWhatTheyAreFor() {
        SECRETS.forEach((pattern, secret) -> assertThat(
                        pattern.matcher("token = " + secret + " ").find())
                .as(pattern.pattern())
                .isTrue());
        assertThat(List.of("config/server.p12", "id_rsa", "deploy/.env", "a.jks"))
                .allMatch(name -> STORES.matcher(name).matches());
        assertThat(List.of("SigningKeys.java", "keys.md", "environment.md"))
                .noneMatch(name -> STORES.matcher(name).matches());
    }

    @Test
    void noFileHasASecret() throws IOException {
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(1_000);
        List<String> found = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        for (Path file : files) {
            String name = ROOT.relativize(file).toString().replace('\\', '/');
            if (STORES.matcher(name).matches()) {
                found.add(name + " is a store of secrets by its name");
                continue;
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            for (Pattern secret : SECRETS.keySet()) {
                Matcher matcher = secret.matcher(text);
                while (matcher.find()) {
                    String allowed = FIXTURES.get(name);
                    if (allowed != null && matcher.group().contains(allowed)) {
                        used.add(name);
                    } else {
                        found.add("%s: %s…".formatted(name, matcher.group().substring(0, 12)));
                    }
                }
            }
        }
        assertThat(found)
                .as(
                        "A secret does not belong into the repository; one that somebody has seen there is to be replaced. What a"
                                + " test makes up stands in FIXTURES")
                .isEmpty();
        assertThat(used).as("fixtures that are still there").isEqualTo(FIXTURES.keySet());
    }
}
