// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.UnauthorizedException;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Failures of one engine in the words and kinds of the ports.
 *
 * @param server its name, for messages
 */
public record EngineFailures(String server) {

    /** Name of the outside system, and of the source of clusters. */
    public static final String SYSTEM = "docker";

    private static final int LONGEST = 300;

    /** The system of failures of this server alone: others answer. */
    public String system() {
        return SYSTEM + "/" + server;
    }

    /** @param message what was tried on which object, what happened, what to do */
    public AdapterException failure(Kind kind, String message) {
        return new AdapterException(kind, system(), message);
    }

    /** The same with its cause. */
    public AdapterException failure(Kind kind, String message, Throwable cause) {
        return new AdapterException(kind, system(), message, cause);
    }

    /** @param doing what was tried, on which object */
    AdapterException classified(String doing, RuntimeException failure) {
        if (failure instanceof AdapterException known) {
            return known;
        }
        String said = failure instanceof DockerException answer ? said(answer) : reason(failure);
        return failure(kind(failure, said), "%s on %s: %s%s".formatted(doing, server, said, remedy(said)), failure);
    }

    private static Kind kind(RuntimeException failure, String said) {
        String words = said.toLowerCase(Locale.ROOT);
        if (words.contains("port is already allocated") || words.contains("address already in use")) {
            return Kind.CONFLICT;
        }
        if (failure instanceof NotFoundException) {
            return Kind.NOT_FOUND;
        }
        if (failure instanceof ConflictException) {
            return Kind.CONFLICT;
        }
        if (failure instanceof BadRequestException || failure instanceof UnauthorizedException) {
            return Kind.REFUSED;
        }
        if (failure instanceof DockerException) {
            return words.contains("name") && words.contains("in use") ? Kind.CONFLICT : Kind.UNAVAILABLE;
        }
        return timedOut(failure) ? Kind.TIMED_OUT : Kind.UNAVAILABLE;
    }

    private static String remedy(String said) {
        String words = said.toLowerCase(Locale.ROOT);
        if (words.contains("no space left on device")) {
            return "; free space on its disk, by removing unused images for example";
        }
        if (words.contains("permission denied")) {
            return "; the user of this server needs the rights for the socket of the engine";
        }
        return "";
    }

    private static boolean timedOut(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .anyMatch(cause -> cause instanceof SocketTimeoutException
                        || cause.getClass().getSimpleName().equals("RequestTimeoutException"));
    }

    private static String reason(Throwable failure) {
        Throwable first = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .reduce((outer, inner) -> inner)
                .orElse(failure);
        if (timedOut(failure)) {
            return "no answer in time";
        }
        return first instanceof IOException || first.getMessage() != null
                ? cut(String.valueOf(first.getMessage()))
                : first.getClass().getSimpleName();
    }

    /** Engines answer {@code {"message":"…"}}; Podman adds the cause and the status. */
    private static String said(DockerException answer) {
        String body = String.valueOf(answer.getMessage()).replaceFirst("^Status \\d+: ", "");
        int message = body.indexOf("\"message\":\"");
        if (message < 0) {
            return cut(body.strip());
        }
        int begin = message + "\"message\":\"".length();
        int end = begin;
        while (end < body.length() && (body.charAt(end) != '"' || body.charAt(end - 1) == '\\')) {
            end++;
        }
        return cut(body.substring(begin, end).replace("\\\"", "'").replace("\\n", " "));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
