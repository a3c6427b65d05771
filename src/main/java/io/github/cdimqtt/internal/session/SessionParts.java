package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.session.inbound.ReceiveQueue;
import io.github.cdimqtt.internal.session.outbound.PacketIds;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.transport.ChannelFactory;

/** The parts of one session that outlive its connections. */
record SessionParts(
        MqttConfig config,
        ChannelFactory channels,
        ConnectPacket connectPacket,
        ClientAuthentication authentication,
        SubscriptionSync subscriptionSync,
        ReceiveQueue receiveQueue,
        PublishQueue publishQueue,
        Requester requester,
        PacketIds packetIds,
        SerialExecutor executor,
        Timer timer) {}
