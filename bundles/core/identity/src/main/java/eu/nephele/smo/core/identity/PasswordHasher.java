// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as Argon2id in the PHC string format, with the parameters that
 * <a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">OWASP</a> recommends.
 *
 * @param memoryKiB of one hash
 */
record PasswordHasher(int memoryKiB, int passes, SecureRandom random) {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int PARTS = 6;
    private static final String PREFIX = "argon2id";

    static PasswordHasher recommended() {
        return new PasswordHasher(19_456, 2, new SecureRandom());
    }

    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return text(memoryKiB, passes, salt, digest(password, salt, memoryKiB, passes));
    }

    /**
     * Compares in constant time.
     *
     * @param hash as {@link #hash} made it, perhaps with other parameters
     * @throws IllegalArgumentException when it is no such text
     */
    boolean fits(String password, String hash) {
        String[] parts = hash.split("\\$", -1);
        if (parts.length != PARTS || !parts[1].equals(PREFIX)) {
            throw new IllegalArgumentException(
                    "A stored password is not in the format $argon2id$v=19$m=,t=,p=1$salt$hash");
        }
        String[] costs = parts[3].split(",", -1);
        int memory = Integer.parseInt(costs[0].substring(2));
        int rounds = Integer.parseInt(costs[1].substring(2));
        byte[] expected = Base64.getDecoder().decode(parts[5]);
        byte[] actual = digest(password, Base64.getDecoder().decode(parts[4]), memory, rounds);
        return MessageDigest.isEqual(actual, expected);
    }

    private static String text(int memoryKiB, int passes, byte[] salt, byte[] digest) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$%s$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(PREFIX, memoryKiB, passes, base64.encodeToString(salt), base64.encodeToString(digest));
    }

    private static byte[] digest(String password, byte[] salt, int memoryKiB, int passes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKiB)
                .withIterations(passes)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] digest = new byte[HASH_BYTES];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), digest);
        return digest;
    }
}
