// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.StreamLimiter;
import eu.nephele.smo.core.contract.runtime.Profiler;
import eu.nephele.smo.core.contract.runtime.RuntimeService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Present activity of the server. */
@Path("api/v1/runtime")
public final class ServerRuntime {

    private static final int USUAL_SECONDS = 30;

    private final RuntimeService service;
    private final Profiler profiler;
    private final StreamLimiter streams;
    private final BooleanSupplier ending;

    public ServerRuntime(RuntimeService service, Profiler profiler, StreamLimiter streams, BooleanSupplier ending) {
        this.service = service;
        this.profiler = profiler;
        this.streams = streams;
        this.ending = ending;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response get(@Context ContainerRequestContext request) {
        return Responses.json(
                        200,
                        RuntimeJson.toJson(service.report(RequestCaller.from(request)), streams.open(), streams.most()))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Answers at the end of the recording. */
    @POST
    @Path("profile")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response profile(@QueryParam("seconds") @Nullable String seconds, @Context ContainerRequestContext request)
            throws IOException {
        Duration duration = durationOf(seconds);
        java.nio.file.Path file = profiler.profile(duration, ending, RequestCaller.from(request));
        return OneTimeFile.answer(file, "smo-%s.jfr");
    }

    private static Duration durationOf(@Nullable String text) {
        return text == null ? Duration.ofSeconds(USUAL_SECONDS) : seconds(text);
    }

    static Duration seconds(String text) {
        long longest = Profiler.LONGEST.toSeconds();
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 1 && seconds <= longest) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException notANumber) {
            // answered below, like a number out of range
        }
        throw PageRequest.invalid("seconds is '%s', expected a whole number from 1 to %d".formatted(text, longest));
    }
}
