// A plain discord.js bot. All it is told about the sandbox is where the API is.

const { Client, Events, GatewayIntentBits } = require('discord.js');

const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
    rest: { api: process.env.DISCORD_API_BASE.replace(/\/v\d+$/, '') },
});

client.once(Events.ClientReady, (ready) => {
    console.log(`ready as ${ready.user.tag}, guilds ${ready.guilds.cache.size}, shards ${ready.ws.shards.size}`);
});

client.on(Events.MessageCreate, async (message) => {
    if (message.content === '!ping') {
        const reply = await message.reply('pong');
        console.log(`answered ${message.author.username} in #${message.channel.name} with ${reply.content}`);
    } else if (message.content === '!bye') {
        await client.destroy();
    }
});

client.on(Events.ShardResume, (shard, replayed) => console.log(`resumed ${shard}, replayed ${replayed}`));
client.on(Events.Warn, (text) => console.error(`warning: ${text}`));
client.on(Events.Error, (error) => console.error(`error: ${error.stack}`));

client.login(process.env.DISCORD_BOT_TOKEN);
