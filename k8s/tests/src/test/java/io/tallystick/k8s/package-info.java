/// Tests of the Helm chart in `k8s/tallystick`: rendered by Helm itself, for each values file in
/// `k8s/ci`, and held against Kubernetes' types, the house's policies, the configuration that the
/// services read, the metrics that they show, and a service that is started as it would be there.
@NullMarked
package io.tallystick.k8s;

import org.jspecify.annotations.NullMarked;
