// SPDX-License-Identifier: Apache-2.0
/** A client of the REST API of a server: {@link eu.nephele.smo.access.client.SmoClient}. */
@Export
@Version("0.1.0")
package eu.nephele.smo.access.client;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
