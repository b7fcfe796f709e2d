// SPDX-License-Identifier: Apache-2.0
/** Resources of the API as immutable records. */
@Export
@Version("0.1.0")
package eu.nephele.smo.access.client.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
