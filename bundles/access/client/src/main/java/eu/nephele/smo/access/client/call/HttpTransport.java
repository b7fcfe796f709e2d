// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Carries requests to a server and answers back, without a retry. */
public interface HttpTransport {

    SmoResponse exchange(URI server, SmoRequest request) throws IOException, InterruptedException;

    CompletionStage<SmoResponse> exchangeLater(URI server, SmoRequest request);

    /** Returns when the answer begins. */
    StreamedResponse open(URI server, SmoRequest request) throws IOException, InterruptedException;
}
